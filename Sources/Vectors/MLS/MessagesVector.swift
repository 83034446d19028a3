// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct MessagesVector: MLSVector {
    var mls_welcome: HexBytes
    var mls_group_info: HexBytes
    var mls_key_package: HexBytes
    var ratchet_tree: HexBytes
    var group_secrets: HexBytes
    var add_proposal: HexBytes
    var update_proposal: HexBytes
    var remove_proposal: HexBytes
    var pre_shared_key_proposal: HexBytes
    var re_init_proposal: HexBytes
    var external_init_proposal: HexBytes
    var group_context_extensions_proposal: HexBytes
    var commit: HexBytes
    var public_message_application: HexBytes
    var public_message_proposal: HexBytes
    var public_message_commit: HexBytes
    var private_message: HexBytes

    var suiteNumber: UInt16? { nil }

    func verify() throws {
        try message(mls_welcome, .welcome, "mls_welcome")
        try message(mls_group_info, .groupInfo, "mls_group_info")
        try message(mls_key_package, .keyPackage, "mls_key_package")
        try message(public_message_application, .publicMessage, "public_message_application")
        try message(public_message_proposal, .publicMessage, "public_message_proposal")
        try message(public_message_commit, .publicMessage, "public_message_commit")
        try message(private_message, .privateMessage, "private_message")
        let tree = try RatchetTree(decoding: ratchet_tree.bytes)
        try VectorFailure.expect(tree.encoded, ratchet_tree.bytes, "ratchet_tree")
        try roundTrip(GroupSecrets.self, group_secrets, "group_secrets")
        try proposal(add_proposal, .add, "add_proposal")
        try proposal(update_proposal, .update, "update_proposal")
        try proposal(remove_proposal, .remove, "remove_proposal")
        try proposal(pre_shared_key_proposal, .preSharedKey, "pre_shared_key_proposal")
        try proposal(re_init_proposal, .reInit, "re_init_proposal")
        try proposal(external_init_proposal, .externalInit, "external_init_proposal")
        try proposal(
            group_context_extensions_proposal,
            .groupContextExtensions,
            "group_context_extensions_proposal"
        )
        try roundTrip(Commit.self, commit, "commit")
    }

    private func message(_ hex: HexBytes, _ format: WireFormat, _ name: String) throws {
        let value = try MLSMessage(decoding: hex.bytes)
        try VectorFailure.expect(value.wireFormat, format, name)
        try VectorFailure.expect(value.encoded, hex.bytes, name)
    }

    /// The bytes are those of the proposal's own structure, without the type in front.
    private func proposal(_ hex: HexBytes, _ type: ProposalType, _ name: String) throws {
        let bytes = type.encoded + hex.bytes
        let value = try Proposal(decoding: bytes)
        try VectorFailure.expect(value.encoded, bytes, name)
    }

    private func roundTrip<Value: WireCodable>(_ type: Value.Type, _ hex: HexBytes, _ name: String) throws {
        let value = try Value(decoding: hex.bytes)
        try VectorFailure.expect(value.encoded, hex.bytes, name)
    }
}
