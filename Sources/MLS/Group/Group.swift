// SPDX-License-Identifier: Apache-2.0

public import Base

/// A member's view of its group: the public part and the secrets (RFC 9420).
///
/// A value. Opening and sending messages moves ratchets; everything else about an epoch stays until a staged commit is
/// adopted. Refused input changes nothing, but for the key of a private message, which is gone once it has opened one.
public struct Group<Crypto: CryptoProvider>: Sendable {
    /// What everybody may know.
    public internal(set) var shared: PublicGroup<Crypto>
    var keys: PrivateKeys
    var secrets: EpochSecrets
    var secretTree: SecretTree<Crypto>
    var signatureKey: SignatureKeyPair
    var pendingUpdates: [PendingUpdate] = []
    var past: [PastEpoch<Crypto>] = []
    /// Resumption PSKs of this and earlier epochs, newest first.
    var resumption: [(epoch: UInt64, key: Secret)]
    var isRemoved = false

    public var suite: CryptoSuite<Crypto> { shared.suite }
    public var context: GroupContext { shared.context }
    public var tree: RatchetTree { shared.tree }
    public var epoch: UInt64 { shared.context.epoch }
    public var groupID: [UInt8] { shared.context.groupID }
    /// Our place.
    public var leaf: LeafIndex { keys.leaf }
    /// Our leaf.
    public var leafNode: LeafNode? { shared.tree.leaf(keys.leaf) }

    public var status: GroupStatus {
        if isRemoved { return .removed }
        if let reInit = shared.reInit { return .reinitialized(reInit) }
        return .active
    }

    init(
        shared: PublicGroup<Crypto>,
        keys: PrivateKeys,
        derived: DerivedEpoch,
        signatureKey: SignatureKeyPair
    ) {
        self.shared = shared
        self.keys = keys
        self.signatureKey = signatureKey
        secrets = derived.secrets
        secretTree = SecretTree(
            shared.suite,
            width: shared.tree.width,
            encryptionSecret: derived.encryptionSecret,
            limits: shared.limits.ratchets
        )
        resumption = [(shared.context.epoch, derived.secrets.resumption)]
    }

    /// A group of one (RFC 9420 §11).
    public init(
        _ suite: CryptoSuite<Crypto>,
        groupID: [UInt8],
        member: MemberDescription,
        lifetime: Lifetime,
        extensions: Extensions = .none,
        rules: some GroupRules,
        limits: GroupLimits = GroupLimits(),
        using randomness: inout some Randomness
    ) throws(MLSRefusal) {
        let pair = try suite.generateKeyPair(using: &randomness)
        var leaf = member.leafNode(source: .keyPackage(lifetime))
        leaf.encryptionKey = pair.publicKey
        try leaf.sign(suite, privateKey: member.signatureKey.privateKey, groupID: groupID, leaf: LeafIndex(0))
        var tree = RatchetTree(leaf)
        let context = GroupContext(
            cipherSuite: suite.identifier,
            groupID: groupID,
            epoch: 0,
            treeHash: tree.treeHash(suite),
            confirmedTranscriptHash: [],
            extensions: extensions
        )
        let leaves = LeafRules(suite: suite, groupID: groupID, extensions: extensions, rules: rules)
        try leaves.verify(leaf, at: LeafIndex(0), as: .keyPackage)
        try leaves.verifyExtensions(tree)
        let epochSecret = Secret.random(suite.secretLength, using: &randomness)
        let derived = try KeySchedule(suite).epoch(
            epochSecret: epochSecret,
            welcomeSecret: .zeros(suite.secretLength)
        )
        let shared = PublicGroup<Crypto>(
            suite: suite,
            context: context,
            tree: tree,
            confirmationTag: suite.mac(key: derived.secrets.confirmation, []),
            limits: limits
        )
        self.init(
            shared: shared,
            keys: PrivateKeys(leaf: LeafIndex(0), keyPair: pair),
            derived: derived,
            signatureKey: member.signatureKey
        )
    }

    /// Refuses whatever would send once that is over.
    func verifyActive() throws(MLSRefusal) {
        if isRemoved { throw .removed }
        // RFC 9420 §12.4.2: MUST NOT use the group to send messages any more.
        if shared.reInit != nil { throw .reinitialized }
    }

    // MARK: what an application takes from an epoch

    /// `MLS-Exporter` (RFC 9420 §8.5).
    public func export(label: Label, context: [UInt8], length: Int) throws(MLSRefusal) -> Secret {
        if isRemoved { throw .removed }
        return try KeySchedule(suite).export(
            exporterSecret: secrets.exporter,
            label: label,
            context: context,
            length: length
        )
    }

    /// Equal for all who see the same group (RFC 9420 §8.7).
    public var epochAuthenticator: Secret { secrets.authenticator }

    /// The `resumption_psk` of this epoch (RFC 9420 §8.6).
    public var resumptionKey: Secret { secrets.resumption }

    /// A kept PSK of this group, or one of the application's.
    func preSharedKey(_ source: PreSharedKeySource, _ others: PreSharedKeys) -> Secret? {
        if case .resumption(_, let groupID, let epoch) = source, groupID == self.groupID {
            for entry in resumption where entry.epoch == epoch { return entry.key }
        }
        return others.key(source)
    }

    func pskSecret(_ identifiers: [PreSharedKeyID], _ others: PreSharedKeys) throws(MLSRefusal) -> Secret {
        var keys: [(id: PreSharedKeyID, key: Secret)] = []
        for identifier in identifiers {
            // RFC 9420 §12.4.2: all of them have to be at hand.
            guard let key = preSharedKey(identifier.source, others) else { throw .preSharedKeyUnknown }
            keys.append((identifier, key))
        }
        return try KeySchedule(suite).pskSecret(keys)
    }

    /// Forgets what was kept for late messages of earlier epochs, but for the newest `count` of them.
    public mutating func forgetPastEpochs(keeping count: Int = 0) { past = Array(past.prefix(count)) }

    /// Drops the proposals that were received but shall not be committed.
    public mutating func discardProposals() { shared.proposals.removeAll() }
}
