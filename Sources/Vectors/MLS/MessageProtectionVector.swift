// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import NativeCrypto

struct MessageProtectionVector: MLSVector {
    var cipher_suite: UInt16
    var group_id: HexBytes
    var epoch: UInt64
    var tree_hash: HexBytes
    var confirmed_transcript_hash: HexBytes
    var signature_priv: HexBytes
    var signature_pub: HexBytes
    var encryption_secret: HexBytes
    var sender_data_secret: HexBytes
    var membership_key: HexBytes
    var proposal: HexBytes
    var proposal_pub: HexBytes
    var proposal_priv: HexBytes
    var commit: HexBytes
    var commit_pub: HexBytes
    var commit_priv: HexBytes
    var application: HexBytes
    var application_priv: HexBytes

    var suiteNumber: UInt16? { cipher_suite }

    func verify() throws {
        let suite = try suite()
        let proposal = Content.proposal(try Proposal(decoding: proposal.bytes))
        let commit = Content.commit(try Commit(decoding: commit.bytes))
        let application = Content.application(application.bytes)
        try verify(suite, proposal, publicMessage: proposal_pub, privateMessage: proposal_priv)
        try verify(suite, commit, publicMessage: commit_pub, privateMessage: commit_priv)
        try verify(suite, application, publicMessage: nil, privateMessage: application_priv)
    }

    private func context(_ suite: Suite) -> GroupContext {
        GroupContext(
            cipherSuite: suite.identifier,
            groupID: group_id.bytes,
            epoch: epoch,
            treeHash: tree_hash.bytes,
            confirmedTranscriptHash: confirmed_transcript_hash.bytes
        )
    }

    private func secretTree(_ suite: Suite) throws -> SecretTree<NativeCrypto> {
        guard let width = LeafCount(atLeast: 2) else { throw VectorFailure("width") }
        return SecretTree(suite, width: width, encryptionSecret: Secret(encryption_secret.bytes))
    }

    private func verify(
        _ suite: Suite,
        _ content: Content,
        publicMessage: HexBytes?,
        privateMessage: HexBytes
    ) throws {
        if let publicMessage {
            let message = try PublicMessageBox(decoding: publicMessage.bytes)
            try expect(suite, try open(suite, message.message), content)
            let ours = try PublicMessage.protect(
                suite,
                signed(suite, .publicMessage, content),
                context: context(suite),
                membershipKey: Secret(membership_key.bytes)
            )
            try expect(suite, try open(suite, ours), content)
        } else {
            let refused: Bool
            do {
                _ = try PublicMessage.protect(
                    suite,
                    signed(suite, .publicMessage, content),
                    context: context(suite),
                    membershipKey: Secret(membership_key.bytes)
                )
                refused = false
            } catch {
                refused = true
            }
            try VectorFailure.expect(refused, "application data was protected as a PublicMessage")
        }
        guard case .privateMessage(let message) = try MLSMessage(decoding: privateMessage.bytes) else {
            throw VectorFailure("no PrivateMessage")
        }
        var tree = try secretTree(suite)
        try expect(suite, try open(suite, message, &tree), content)
        var senders = try secretTree(suite)
        var randomness = SystemRandomness()
        let ours = try PrivateMessage.protect(
            suite,
            signed(suite, .privateMessage, content),
            senderDataSecret: Secret(sender_data_secret.bytes),
            secretTree: &senders,
            paddingBlock: 64,
            using: &randomness
        )
        var receivers = try secretTree(suite)
        try expect(suite, try open(suite, ours, &receivers), content)
    }

    private func open(_ suite: Suite, _ message: PublicMessage) throws -> AuthenticatedContent {
        try message.unprotect(suite, context: context(suite), membershipKey: Secret(membership_key.bytes))
    }

    private func open(
        _ suite: Suite,
        _ message: PrivateMessage,
        _ tree: inout SecretTree<NativeCrypto>
    ) throws -> AuthenticatedContent {
        try message.unprotect(
            suite,
            senderDataSecret: Secret(sender_data_secret.bytes),
            secretTree: &tree,
            isMember: { $0.value < 2 }
        )
    }

    private func signed(_ suite: Suite, _ format: WireFormat, _ content: Content) throws -> AuthenticatedContent {
        let framed = FramedContent(
            groupID: group_id.bytes,
            epoch: epoch,
            sender: .member(LeafIndex(1)),
            authenticatedData: [],
            content: content
        )
        var message = try AuthenticatedContent.sign(
            suite,
            format,
            framed,
            context: context(suite),
            privateKey: suite.signatureKey(signature_priv)
        )
        if case .commit = content { message.auth.confirmationTag = [1, 2, 3] }
        return message
    }

    private func expect(_ suite: Suite, _ message: AuthenticatedContent, _ content: Content) throws {
        try VectorFailure.expect(message.content.content, content, "content")
        try VectorFailure.expect(message.content.sender, .member(LeafIndex(1)), "sender")
        let isSigned = message.hasValidSignature(
            suite,
            context: context(suite),
            publicKey: signature_pub.bytes
        )
        try VectorFailure.expect(isSigned, "signature")
    }
}

/// A message that has to be a PublicMessage.
private struct PublicMessageBox {
    var message: PublicMessage

    init(decoding bytes: [UInt8]) throws {
        guard case .publicMessage(let message) = try MLSMessage(decoding: bytes) else {
            throw VectorFailure("no PublicMessage")
        }
        self.message = message
    }
}
