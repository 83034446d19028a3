// SPDX-License-Identifier: Apache-2.0

import Base

extension Group {
    /// Joins by a Welcome (RFC 9420 §12.4.3.1).
    ///
    /// - Parameters:
    ///   - tree: the ratchet tree's encoding, if the Welcome doesn't carry it.
    ///   - known: ids of groups that we are in.
    ///   - origin: the group that this one continues or branches from, if it does.
    ///   - required: a key that has to have gone into the key schedule, proof that the committer knows it.
    public init(
        _ welcome: Welcome,
        _ bundle: KeyPackageBundle,
        tree: [UInt8]? = nil,
        known: [[UInt8]] = [],
        origin: Origin<Crypto> = .none,
        requiring required: PreSharedKeySource? = nil,
        rules: some GroupRules,
        preSharedKeys: PreSharedKeys = .none,
        limits: GroupLimits = GroupLimits()
    ) throws(MLSRefusal) {
        let suite = try CryptoSuite<Crypto>(welcome.cipherSuite)
        guard bundle.keyPackage.cipherSuite == welcome.cipherSuite else { throw .cipherSuiteMismatch }
        let groupSecrets = try welcome.groupSecrets(
            suite,
            for: bundle.keyPackage,
            initKeyPair: bundle.initKeyPair
        )
        try verifyPreSharedKeys(groupSecrets.preSharedKeys, suite)
        if let required, !groupSecrets.preSharedKeys.contains(where: { $0.source == required }) {
            throw .preSharedKeyMissing
        }
        var available = preSharedKeys
        if case .group(let old) = origin {
            for entry in old.resumption {
                available.set(resumptionOf: old.groupID, epoch: entry.epoch, entry.key)
            }
        }
        var pairs: [(id: PreSharedKeyID, key: Secret)] = []
        for identifier in groupSecrets.preSharedKeys {
            // RFC 9420 §12.4.3.1: all of them have to be at hand.
            guard let key = available.key(identifier.source) else { throw .preSharedKeyUnknown }
            pairs.append((identifier, key))
        }
        let schedule = KeySchedule(suite)
        let pskSecret = try schedule.pskSecret(pairs)
        let info = try welcome.groupInfo(suite, joinerSecret: groupSecrets.joinerSecret, pskSecret: pskSecret)
        // RFC 9420 §12.4.3.1.
        guard info.context.cipherSuite == bundle.keyPackage.cipherSuite else { throw .cipherSuiteMismatch }
        // RFC 9420 §12.4.3: MUST be unique among our groups.
        guard !known.contains(info.context.groupID) else { throw .groupAlreadyKnown }
        let shared = try PublicGroup<Crypto>(info, tree: tree, rules: rules, limits: limits)
        try shared.verifyOrigin(groupSecrets.preSharedKeys, origin, rules: rules)
        let keys = try shared.keys(of: bundle, signer: info.signer, pathSecret: groupSecrets.pathSecret)
        let derived = try schedule.epoch(
            joinerSecret: groupSecrets.joinerSecret,
            pskSecret: pskSecret,
            context: info.context
        )
        // RFC 9420 §12.4.3.1.
        guard
            suite.isValidMAC(
                info.confirmationTag,
                key: derived.secrets.confirmation,
                info.context.confirmedTranscriptHash
            )
        else { throw .invalidConfirmationTag }
        self.init(shared: shared, keys: keys, derived: derived, signatureKey: bundle.signatureKey)
    }
}

/// RFC 9420 §12.4.3.1: a PSK for reinitialising or branching is the only one of its kind; §8.4: nonces are `Nh` long.
private func verifyPreSharedKeys<Crypto>(
    _ identifiers: [PreSharedKeyID],
    _ suite: CryptoSuite<Crypto>
) throws(MLSRefusal) {
    var special = 0
    var seen = SortedSet<[UInt8]>()
    for identifier in identifiers {
        guard identifier.nonce.count == suite.secretLength else { throw .preSharedKeyNonceLength }
        guard seen.insert(identifier.encoded) else { throw .preSharedKeyTwice }
        if case .resumption(let usage, _, _) = identifier.source, usage != .application { special += 1 }
    }
    guard special <= 1 else { throw .resumptionPreSharedKeyNotAlone }
}
