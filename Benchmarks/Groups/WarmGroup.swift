// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import NativeCrypto

/// A group of suite 1, grown by external joins as mlspp's was for the mark, so that its tree has no blank parents.
struct WarmGroup {
    let suite: CryptoSuite<NativeCrypto>
    let rules = OpenRules()
    let lifetime = Lifetime(notBefore: 0, notAfter: .max)
    /// Was there first and followed everybody.
    private(set) var observer: Group<NativeCrypto>
    /// Came last.
    private(set) var latest: Group<NativeCrypto>
    private var named = 0

    init(members count: Int) throws {
        suite = try CryptoSuite<NativeCrypto>(.x25519AES128GCM)
        var randomness = SystemRandomness()
        observer = try Group(
            suite,
            groupID: Array("benchmark".utf8),
            member: try WarmGroup.member(0, suite),
            lifetime: lifetime,
            rules: rules,
            using: &randomness
        )
        latest = observer
        while observer.tree.memberCount < count {
            let info = try observer.groupInfo(withTree: false)
            let join = try ExternalJoin(
                observer.shared,
                externalPub: try ExternalJoin<NativeCrypto>.externalPub(info),
                member: try newcomer(),
                rules: rules,
                using: &randomness
            )
            if case .commit(let staged) = try observer.receive(join.commit.encoded, rules: rules) {
                try observer.adopt(staged)
            }
            latest = join.group
        }
    }

    /// Somebody who isn't in the group yet.
    mutating func newcomer() throws -> MemberDescription {
        named += 1
        return try WarmGroup.member(named, suite)
    }

    private static func member(_ number: Int, _ suite: CryptoSuite<NativeCrypto>) throws -> MemberDescription {
        var randomness = SystemRandomness()
        return MemberDescription(
            signatureKey: try suite.generateSignatureKey(using: &randomness),
            credential: .basic(identity: Array("member \(number)".utf8)),
            capabilities: Capabilities(cipherSuites: [suite.identifier])
        )
    }
}
