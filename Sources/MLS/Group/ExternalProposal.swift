// SPDX-License-Identifier: Apache-2.0

import Base

/// Proposals from outside the group (RFC 9420 §12.1.8).
public enum ExternalProposal {
    /// From one of the group's external senders; `index` is its place in the extension.
    public static func propose<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        _ proposal: Proposal,
        groupID: [UInt8],
        epoch: UInt64,
        index: UInt32,
        signatureKey: SignatureKeyPair,
        authenticatedData: [UInt8] = []
    ) throws(MLSRefusal) -> MLSMessage {
        guard proposal.type.mayComeFromExternalSender else { throw .notAllowedForExternalSender }
        return try message(
            suite,
            proposal,
            .external(index),
            groupID: groupID,
            epoch: epoch,
            authenticatedData: authenticatedData,
            signatureKey.privateKey
        )
    }

    /// From somebody who wants to be added.
    public static func proposeSelf<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        _ bundle: KeyPackageBundle,
        groupID: [UInt8],
        epoch: UInt64,
        authenticatedData: [UInt8] = []
    ) throws(MLSRefusal) -> MLSMessage {
        try message(
            suite,
            .add(bundle.keyPackage),
            .newMemberProposal,
            groupID: groupID,
            epoch: epoch,
            authenticatedData: authenticatedData,
            bundle.signatureKey.privateKey
        )
    }

    private static func message<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        _ proposal: Proposal,
        _ sender: Sender,
        groupID: [UInt8],
        epoch: UInt64,
        authenticatedData: [UInt8],
        _ privateKey: Secret
    ) throws(MLSRefusal) -> MLSMessage {
        let content = FramedContent(
            groupID: groupID,
            epoch: epoch,
            sender: sender,
            authenticatedData: authenticatedData,
            content: .proposal(proposal)
        )
        // Such signatures don't cover the context (RFC 9420 §6.1), so an empty one does.
        let context = GroupContext(
            cipherSuite: suite.identifier,
            groupID: groupID,
            epoch: epoch,
            treeHash: [],
            confirmedTranscriptHash: []
        )
        let signed = try AuthenticatedContent.sign(
            suite,
            .publicMessage,
            content,
            context: context,
            privateKey: privateKey
        )
        return .publicMessage(PublicMessage(signed, membershipTag: nil))
    }
}
