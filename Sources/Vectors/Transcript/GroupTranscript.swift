// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// The life of a group, drawn from a seed: everything that is sent, and what the members export in each epoch, goes into
/// one digest. It has to be the same natively and in browsers; web/tests/core-groups.js lives the same life through
/// the shipped module's operations.
struct GroupTranscript {
    private let suite: CryptoSuite<SteadyCrypto<Provider>>
    private let rules = OpenRules()
    private let link = PreSharedKeySource.external(identifier: Array("link".utf8))
    private var linkKey = PreSharedKeys()
    private var randomness: SeededGenerator
    private var members: [Group<SteadyCrypto<Provider>>] = []
    private var digest = [UInt8](repeating: 0, count: 32)
    /// Whether the members of each epoch saw the same.
    private var isAgreed = true

    private init(suite number: UInt16) throws(MLSRefusal) {
        suite = try CryptoSuite(CipherSuite(rawValue: number))
        randomness = SeededGenerator(seed: 9420 + UInt64(number))
        linkKey.set(external: Array("link".utf8), Secret([UInt8](repeating: 7, count: 32)))
    }

    /// - Returns: the digest in hex.
    static func digest(suite: UInt16) throws(MLSRefusal) -> String {
        var transcript = try GroupTranscript(suite: suite)
        try transcript.live()
        guard transcript.isAgreed else { throw .invalidConfirmationTag }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: transcript.digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }

    private mutating func live() throws(MLSRefusal) {
        let (ana, ben, chen, dana) = (0, 1, 2, 3)
        var packages: [KeyPackageBundle] = []
        for name in ["ana", "ben", "chen", "dana"] { packages.append(try keyPackage(name)) }
        members.append(
            try Group(
                suite,
                groupID: Array("transcript".utf8),
                member: packages[ana].member,
                lifetime: packages[ana].lifetime,
                extensions: Extensions.none.with(RequiredCapabilities(proposals: [.selfRemove]).asExtension),
                rules: rules,
                using: &randomness
            )
        )
        // Two come by Welcome.
        let identifier = PreSharedKeyID(source: link, nonce: randomness.bytes(32))
        var options = CommitOptions(proposals: [
            .add(packages[ben].keyPackage), .add(packages[chen].keyPackage), .preSharedKey(identifier),
        ])
        guard case .welcome(let welcome)? = try commit(options, by: ana) else { throw .noSecretsForUs }
        for newcomer in [ben, chen] {
            members.append(try Group(welcome, packages[newcomer], rules: rules, preSharedKeys: linkKey))
        }
        try export()

        // An update by reference.
        try receive(absorb(try members[ben].proposeUpdate(rules: rules, using: &randomness)), from: ben)
        _ = try commit(CommitOptions(), by: chen)
        try export()

        for index in 0..<9 {
            let data = [UInt8](repeating: UInt8(index), count: index * 40)
            let message = try members[index % 3].encrypt(data, paddingBlock: 100, using: &randomness)
            try receive(absorb(message), from: index % 3)
        }

        // One comes from outside.
        let info = try members[ana].groupInfo()
        _ = absorb(.groupInfo(info))
        let join = try ExternalJoin<SteadyCrypto<Provider>>(
            info,
            member: packages[dana].member,
            sources: [link],
            preSharedKeys: linkKey,
            rules: rules,
            using: &randomness
        )
        try receive(absorb(join.commit), from: dana)
        members.append(join.group)
        try export()

        // One is removed, by a commit that nobody else can read; out of and into a snapshot on the way.
        members[ana] = try Group(restoring: members[ana].snapshot())
        options = CommitOptions(proposals: [.remove(members[chen].leaf)])
        options.format = .privateMessage(paddingBlock: 64)
        _ = try commit(options, by: ana)
        try export()

        // One goes, while the extensions change.
        try receive(absorb(try members[ben].propose(.selfRemove, rules: rules, using: &randomness)), from: ben)
        _ = try commit(CommitOptions(proposals: [.groupContextExtensions(.none)]), by: dana)
        try export()
        isAgreed = isAgreed && members[ben].status == .removed && members[chen].status == .removed
    }

    /// A commit that everybody adopts.
    private mutating func commit(_ options: CommitOptions, by author: Int) throws(MLSRefusal) -> MLSMessage? {
        let made = try members[author].commit(options, rules: rules, preSharedKeys: linkKey, using: &randomness)
        try receive(absorb(made.commit), from: author)
        try members[author].adopt(made.staged)
        if let welcome = made.welcome { _ = absorb(welcome) }
        return made.welcome
    }

    private mutating func receive(_ bytes: [UInt8], from author: Int) throws(MLSRefusal) {
        for index in members.indices where index != author && members[index].status == .active {
            let received = try members[index].receive(bytes, rules: rules, preSharedKeys: linkKey)
            if case .commit(let staged) = received { try members[index].adopt(staged) }
        }
    }

    /// What all members have to see alike.
    private mutating func export() throws(MLSRefusal) {
        var seen: [[UInt8]] = []
        for member in members where member.status == .active {
            let exported = try member.export(label: "transcript", context: [1, 2, 3], length: 40).copied
            seen.append(member.epochAuthenticator.copied + exported + member.tree.encoded)
        }
        for one in seen where one != seen[0] { isAgreed = false }
        absorb(seen[0])
    }

    private mutating func keyPackage(_ name: String) throws(MLSRefusal) -> KeyPackageBundle {
        let member = MemberDescription(
            signatureKey: try suite.generateSignatureKey(using: &randomness),
            credential: .basic(identity: Array(name.utf8)),
            capabilities: Capabilities(cipherSuites: [1, 2, 3].map { CipherSuite(rawValue: $0) })
        )
        let lifetime = Lifetime(notBefore: 0, notAfter: 1000)
        let bundle = try KeyPackageBundle(suite, member, lifetime: lifetime, using: &randomness)
        _ = absorb(.keyPackage(bundle.keyPackage))
        return bundle
    }

    private mutating func absorb(_ bytes: [UInt8]) { digest = suite.hash(digest + bytes) }

    private mutating func absorb(_ message: MLSMessage) -> [UInt8] {
        let bytes = message.encoded
        absorb(bytes)
        return bytes
    }
}
