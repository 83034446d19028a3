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

    init(_ entry: VectorEntry) throws(VectorFailure) {
        mls_welcome = try entry.hex("mls_welcome")
        mls_group_info = try entry.hex("mls_group_info")
        mls_key_package = try entry.hex("mls_key_package")
        ratchet_tree = try entry.hex("ratchet_tree")
        group_secrets = try entry.hex("group_secrets")
        add_proposal = try entry.hex("add_proposal")
        update_proposal = try entry.hex("update_proposal")
        remove_proposal = try entry.hex("remove_proposal")
        pre_shared_key_proposal = try entry.hex("pre_shared_key_proposal")
        re_init_proposal = try entry.hex("re_init_proposal")
        external_init_proposal = try entry.hex("external_init_proposal")
        group_context_extensions_proposal = try entry.hex("group_context_extensions_proposal")
        commit = try entry.hex("commit")
        public_message_application = try entry.hex("public_message_application")
        public_message_proposal = try entry.hex("public_message_proposal")
        public_message_commit = try entry.hex("public_message_commit")
        private_message = try entry.hex("private_message")
    }

    var suiteNumber: UInt16? { nil }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        try message(check, mls_welcome, .welcome, "mls_welcome")
        try message(check, mls_group_info, .groupInfo, "mls_group_info")
        try message(check, mls_key_package, .keyPackage, "mls_key_package")
        try message(check, public_message_application, .publicMessage, "public_message_application")
        try message(check, public_message_proposal, .publicMessage, "public_message_proposal")
        try message(check, public_message_commit, .publicMessage, "public_message_commit")
        try message(check, private_message, .privateMessage, "private_message")
        let tree = try RatchetTree(decoding: ratchet_tree.bytes)
        check.expect(tree.encoded, ratchet_tree.bytes, "ratchet_tree")
        try roundTrip(check, GroupSecrets.self, group_secrets, "group_secrets")
        try proposal(check, add_proposal, .add, "add_proposal")
        try proposal(check, update_proposal, .update, "update_proposal")
        try proposal(check, remove_proposal, .remove, "remove_proposal")
        try proposal(check, pre_shared_key_proposal, .preSharedKey, "pre_shared_key_proposal")
        try proposal(check, re_init_proposal, .reInit, "re_init_proposal")
        try proposal(check, external_init_proposal, .externalInit, "external_init_proposal")
        try proposal(
            check,
            group_context_extensions_proposal,
            .groupContextExtensions,
            "group_context_extensions_proposal"
        )
        try roundTrip(check, Commit.self, commit, "commit")
    }

    private func message(_ check: VectorCheck, _ hex: HexBytes, _ format: WireFormat, _ name: String) throws(MLSRefusal)
    {
        let value = try hex.decoded(MLSMessage.self)
        check.expect(value.wireFormat, format, name)
        check.expect(value.encoded, hex.bytes, name)
    }

    /// The bytes are those of the proposal's own structure, without the type in front.
    private func proposal(_ check: VectorCheck, _ hex: HexBytes, _ type: ProposalType, _ name: String)
        throws(MLSRefusal)
    {
        let bytes = type.encoded + hex.bytes
        let value = try VectorCheck.decode(Proposal.self, bytes)
        check.expect(value.encoded, bytes, name)
    }

    private func roundTrip<Value: WireCodable>(
        _ check: VectorCheck,
        _ type: Value.Type,
        _ hex: HexBytes,
        _ name: String
    ) throws(MLSRefusal) {
        let value = try hex.decoded(Value.self)
        check.expect(value.encoded, hex.bytes, name)
    }
}
