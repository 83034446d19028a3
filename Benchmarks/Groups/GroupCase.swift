// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import MLS
import NativeCrypto

/// One group of suite 1, grown by external joins as mlspp's table in the research was, so that the tree is warm.
enum GroupCase {
    private typealias Native = Group<NativeCrypto>

    static func measure(members count: Int) throws -> Row {
        let suite = try CryptoSuite<NativeCrypto>(.x25519AES128GCM)
        let rules = OpenRules()
        var randomness = SystemRandomness()
        var named = 0
        func describe() throws -> MemberDescription {
            named += 1
            var own = SystemRandomness()
            return MemberDescription(
                signatureKey: try suite.generateSignatureKey(using: &own),
                credential: .basic(identity: Array("member \(named)".utf8)),
                capabilities: Capabilities(cipherSuites: [suite.identifier])
            )
        }
        let lifetime = Lifetime(notBefore: 0, notAfter: .max)
        var observer = try Native(
            suite,
            groupID: Array("benchmark".utf8),
            member: try describe(),
            lifetime: lifetime,
            rules: rules,
            using: &randomness
        )
        var latest = observer
        while observer.tree.memberCount < count {
            let info = try observer.groupInfo(withTree: false)
            let join = try ExternalJoin(
                observer.shared,
                externalPub: try ExternalJoin<NativeCrypto>.externalPub(info),
                member: try describe(),
                rules: rules,
                using: &randomness
            )
            try follow(&observer, join.commit, rules)
            latest = join.group
        }

        var row = Row(case: "groups \(count)")
        let info = try observer.groupInfo()
        row.set("info_bytes", info.encoded.count)
        let outsider = try describe()
        let (joinCPU, join) = try cpu {
            try ExternalJoin<NativeCrypto>(info, member: outsider, rules: rules, using: &randomness)
        }
        row.set("external_join_ms", joinCPU)
        row.set("external_join_bytes", join.commit.encoded.count)
        row.set("process_join_ms", try process(observer, join.commit, rules))

        try commit("update", CommitOptions(), &row, latest, observer, rules)
        let victim = observer.tree.members.first { $0.leaf != observer.leaf && $0.leaf != latest.leaf }
        if let victim {
            try commit("remove", CommitOptions(proposals: [.remove(victim.leaf)]), &row, latest, observer, rules)
        }
        let bundle = try KeyPackageBundle(suite, try describe(), lifetime: lifetime, using: &randomness)
        row.set("key_package_bytes", bundle.keyPackage.encoded.count)
        let options = CommitOptions(proposals: [.add(bundle.keyPackage)])
        if case .welcome(let welcome)? = try commit("add", options, &row, latest, observer, rules).welcome {
            row.set("welcome_bytes", welcome.encoded.count)
            row.set("welcome_join_ms", try cpu { try Native(welcome, bundle, rules: rules) }.milliseconds)
        }
        row.set("snapshot_ms", try cpu { try Native(restoring: observer.snapshot()) }.milliseconds)
        return row
    }

    @discardableResult
    private static func commit(
        _ name: String,
        _ options: CommitOptions,
        _ row: inout Row,
        _ author: Group<NativeCrypto>,
        _ receiver: Group<NativeCrypto>,
        _ rules: OpenRules
    ) throws -> CommitBundle<NativeCrypto> {
        var author = author
        var randomness = SystemRandomness()
        let (make, made) = try cpu { try author.commit(options, rules: rules, using: &randomness) }
        row.set("\(name)_make_ms", make)
        row.set("\(name)_bytes", made.commit.encoded.count)
        row.set("\(name)_process_ms", try process(receiver, made.commit, rules))
        return made
    }

    private static func process(_ group: Group<NativeCrypto>, _ message: MLSMessage, _ rules: OpenRules) throws
        -> Double
    {
        let bytes = message.encoded
        return try cpu {
            var copy = group
            if case .commit(let staged) = try copy.receive(bytes, rules: rules) { try copy.adopt(staged) }
        }.milliseconds
    }

    private static func follow(
        _ group: inout Group<NativeCrypto>,
        _ message: MLSMessage,
        _ rules: OpenRules
    ) throws {
        if case .commit(let staged) = try group.receive(message.encoded, rules: rules) { try group.adopt(staged) }
    }

    /// The least of three runs, in milliseconds of this process's CPU.
    private static func cpu<Value>(_ body: () throws -> Value) throws -> (milliseconds: Double, value: Value) {
        var value = try body()
        var least = Double.infinity
        for _ in 0..<3 {
            let start = now()
            value = try body()
            least = min(least, now() - start)
        }
        return (least, value)
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
    }
}
