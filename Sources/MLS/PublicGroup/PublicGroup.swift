// SPDX-License-Identifier: Apache-2.0

public import Base

/// A group as somebody without secrets sees it: context, tree, transcript and pending proposals.
///
/// What a delivery service keeps to check and order commits sent as PublicMessage; and the part of a member's ``Group``
/// that isn't secret, so that both judge a commit with the same code. Not checked here, for want of keys: membership and
/// confirmation tags, and whether path secrets decrypt.
public struct PublicGroup<Crypto: CryptoProvider>: Sendable {
    public let suite: CryptoSuite<Crypto>
    public internal(set) var context: GroupContext
    public internal(set) var tree: RatchetTree
    public internal(set) var confirmationTag: [UInt8]
    var interimTranscriptHash: [UInt8]
    package internal(set) var proposals = ProposalCache()
    /// Set by a commit that reinitialises: nothing more can happen in this group (RFC 9420 §12.4.2).
    public internal(set) var reInit: ReInit?
    public var limits: GroupLimits

    init(
        suite: CryptoSuite<Crypto>,
        context: GroupContext,
        tree: RatchetTree,
        confirmationTag: [UInt8],
        limits: GroupLimits
    ) {
        self.suite = suite
        self.context = context
        self.tree = tree
        self.confirmationTag = confirmationTag
        self.limits = limits
        interimTranscriptHash = TranscriptHashes.interim(
            suite,
            confirmed: context.confirmedTranscriptHash,
            confirmationTag: confirmationTag
        )
    }

    /// Takes up a group from its group info, all that a joiner verifies checked (RFC 9420 §12.4.3).
    ///
    /// - Parameter tree: the ratchet tree's encoding, if the group info doesn't carry it.
    public init(
        _ info: GroupInfo,
        tree encodedTree: [UInt8]? = nil,
        rules: some GroupRules,
        limits: GroupLimits = GroupLimits()
    ) throws(MLSRefusal) {
        guard info.context.version == .mls10 else { throw .unsupportedVersion }
        let suite = try CryptoSuite<Crypto>(info.context.cipherSuite)
        guard let encodedTree = info.extensions[.ratchetTree] ?? encodedTree else { throw .treeMissing }
        var tree = try RatchetTree(decoding: encodedTree)
        // RFC 9420 §12.4.3.3: the root's hash MUST be the one in the context.
        guard tree.treeHash(suite) == info.context.treeHash else { throw .treeHashMismatch }
        // RFC 9420 §12.4.3.1: signed by a member.
        guard let signer = tree.leaf(info.signer) else { throw .signerBlank }
        guard info.hasValidSignature(suite, publicKey: signer.signatureKey) else { throw .groupInfoSignatureInvalid }
        try tree.verifyStructure(suite)
        self.init(
            suite: suite,
            context: info.context,
            tree: tree,
            confirmationTag: info.confirmationTag,
            limits: limits
        )
        let leaves = LeafRules(suite: suite, groupID: context.groupID, extensions: context.extensions, rules: rules)
        for (index, node) in tree.members { try leaves.verify(node, at: index, as: .present) }
        try leaves.verifyTogether(tree)
    }

    public var groupID: [UInt8] { context.groupID }
    public var epoch: UInt64 { context.epoch }

    /// `external_senders` of the group context.
    public func externalSenders() throws(MLSRefusal) -> [ExternalSender] {
        try context.extensions.decoded(.externalSenders, as: ExternalSenders.self)?.senders ?? []
    }
}
