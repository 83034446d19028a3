// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

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

    init(_ entry: VectorEntry) throws(VectorFailure) {
        cipher_suite = try entry.number("cipher_suite")
        group_id = try entry.hex("group_id")
        epoch = try entry.number("epoch")
        tree_hash = try entry.hex("tree_hash")
        confirmed_transcript_hash = try entry.hex("confirmed_transcript_hash")
        signature_priv = try entry.hex("signature_priv")
        signature_pub = try entry.hex("signature_pub")
        encryption_secret = try entry.hex("encryption_secret")
        sender_data_secret = try entry.hex("sender_data_secret")
        membership_key = try entry.hex("membership_key")
        proposal = try entry.hex("proposal")
        proposal_pub = try entry.hex("proposal_pub")
        proposal_priv = try entry.hex("proposal_priv")
        commit = try entry.hex("commit")
        commit_pub = try entry.hex("commit_pub")
        commit_priv = try entry.hex("commit_priv")
        application = try entry.hex("application")
        application_priv = try entry.hex("application_priv")
    }

    var suiteNumber: UInt16? { cipher_suite }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        let suite = try suite()
        let proposal = Content.proposal(try proposal.decoded(Proposal.self))
        let commit = Content.commit(try commit.decoded(Commit.self))
        let application = Content.application(application.bytes)
        try verify(suite, check, proposal, publicMessage: proposal_pub, privateMessage: proposal_priv)
        try verify(suite, check, commit, publicMessage: commit_pub, privateMessage: commit_priv)
        try verify(suite, check, application, publicMessage: nil, privateMessage: application_priv)
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

    private func secretTree(_ suite: Suite) throws(MLSRefusal) -> SecretTree<Provider> {
        guard let width = LeafCount(atLeast: 2) else { throw .treeFull }
        return SecretTree(suite, width: width, encryptionSecret: Secret(encryption_secret.bytes))
    }

    private func verify(
        _ suite: Suite,
        _ check: VectorCheck,
        _ content: Content,
        publicMessage: HexBytes?,
        privateMessage: HexBytes
    ) throws(MLSRefusal) {
        if let publicMessage {
            guard case .publicMessage(let message) = try publicMessage.decoded(MLSMessage.self) else {
                return check.fail("no PublicMessage")
            }
            expect(suite, check, try open(suite, message), content)
            let ours = try PublicMessage.protect(
                suite,
                signed(suite, .publicMessage, content),
                context: context(suite),
                membershipKey: Secret(membership_key.bytes)
            )
            expect(suite, check, try open(suite, ours), content)
        } else {
            let refused: Bool
            do throws(MLSRefusal) {
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
            check.expect(refused, "application data was protected as a PublicMessage")
        }
        guard case .privateMessage(let message) = try privateMessage.decoded(MLSMessage.self) else {
            return check.fail("no PrivateMessage")
        }
        var tree = try secretTree(suite)
        expect(suite, check, try open(suite, message, &tree), content)
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
        expect(suite, check, try open(suite, ours, &receivers), content)
    }

    private func open(_ suite: Suite, _ message: PublicMessage) throws(MLSRefusal) -> AuthenticatedContent {
        try message.unprotect(suite, context: context(suite), membershipKey: Secret(membership_key.bytes))
    }

    private func open(
        _ suite: Suite,
        _ message: PrivateMessage,
        _ tree: inout SecretTree<Provider>
    ) throws(MLSRefusal) -> AuthenticatedContent {
        try message.unprotect(
            suite,
            senderDataSecret: Secret(sender_data_secret.bytes),
            secretTree: &tree,
            isMember: { $0.value < 2 }
        )
    }

    private func signed(_ suite: Suite, _ format: WireFormat, _ content: Content) throws(MLSRefusal)
        -> AuthenticatedContent
    {
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

    private func expect(_ suite: Suite, _ check: VectorCheck, _ message: AuthenticatedContent, _ content: Content) {
        check.expect(message.content.content, content, "content")
        check.expect(message.content.sender, .member(LeafIndex(1)), "sender")
        let isSigned = message.hasValidSignature(
            suite,
            context: context(suite),
            publicKey: signature_pub.bytes
        )
        check.expect(isSigned, "signature")
    }
}
