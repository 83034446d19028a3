// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import MLS
import NativeCrypto

/// Everything that is measured in a group of one size.
struct GroupCase {
    private typealias Native = Group<NativeCrypto>

    let members: Int
    private(set) var rows: [Row] = []
    private(set) var fixtures: GroupFixtures
    private var group: WarmGroup
    private var randomness = SystemRandomness()

    init(members: Int) throws {
        self.members = members
        group = try WarmGroup(members: members)
        fixtures = GroupFixtures(members: members)
        fixtures.author = group.latest.snapshot().withBytes { Data($0) }
        fixtures.observer = group.observer.snapshot().withBytes { Data($0) }
        try joinFromOutside()
        try commit(.update, .processUpdate, CommitOptions())
        let victim = group.observer.tree.members.first { member in
            member.leaf != group.observer.leaf && member.leaf != group.latest.leaf
        }
        fixtures.victim = victim?.leaf.value
        if let victim {
            try commit(.remove, .processRemove, CommitOptions(proposals: [.remove(victim.leaf)]))
        }
        try addAndJoin()
        try verifySignatures()
    }

    private mutating func joinFromOutside() throws {
        let info = try group.observer.groupInfo()
        fixtures.groupInfo = Data(MLSMessage.groupInfo(info).encoded)
        let encoded = Array(fixtures.groupInfo)
        let outsider = try group.newcomer()
        let rules = group.rules
        let (measurement, join) = try Measurement.of(setUp: { randomness }) { randomness in
            guard case .groupInfo(let info) = try MLSMessage(decoding: encoded) else {
                throw BenchmarkError.wrongMessage
            }
            return try ExternalJoin<NativeCrypto>(info, member: outsider, rules: rules, using: &randomness)
        }
        record(.externalJoin, measurement, bytes: join.commit.encoded.count)
        try process(.processExternalJoin, join.commit)
    }

    @discardableResult
    private mutating func commit(
        _ made: GroupOperationName,
        _ followed: GroupOperationName,
        _ options: CommitOptions
    ) throws -> CommitBundle<NativeCrypto> {
        let (author, rules) = (group.latest, group.rules)
        var randomness = SystemRandomness()
        let (measurement, bundle) = try Measurement.of(setUp: { author }) { author in
            try author.commit(options, rules: rules, using: &randomness)
        }
        record(made, measurement, bytes: bundle.commit.encoded.count)
        try process(followed, bundle.commit)
        return bundle
    }

    private mutating func process(_ operation: GroupOperationName, _ message: MLSMessage) throws {
        let bytes = message.encoded
        let (observer, rules) = (group.observer, group.rules)
        let (measurement, _) = try Measurement.of(setUp: { observer }) { member in
            if case .commit(let staged) = try member.receive(bytes, rules: rules) { try member.adopt(staged) }
        }
        record(operation, measurement, bytes: bytes.count)
    }

    private mutating func addAndJoin() throws {
        let newcomer = try group.newcomer()
        let bundle = try KeyPackageBundle(group.suite, newcomer, lifetime: group.lifetime, using: &randomness)
        let options = CommitOptions(proposals: [.add(bundle.keyPackage)])
        guard case .welcome(let welcome)? = try commit(.add, .processAdd, options).welcome else {
            throw BenchmarkError.wrongMessage
        }
        let encoded = MLSMessage.welcome(welcome).encoded
        let rules = group.rules
        let (measurement, _) = try Measurement.of(setUp: { () }) { _ in
            guard case .welcome(let welcome) = try MLSMessage(decoding: encoded) else {
                throw BenchmarkError.wrongMessage
            }
            return try Native(welcome, bundle, rules: rules)
        }
        record(.welcomeJoin, measurement, bytes: encoded.count)
    }

    /// The leaves of the group, prepared, so that nothing but the library's verification is timed.
    private mutating func verifySignatures() throws {
        let groupID = group.observer.groupID
        var prepared: [(key: [UInt8], signature: [UInt8], message: [UInt8])] = []
        for (leaf, node) in group.observer.tree.members {
            let content = node.toBeSigned(groupID: groupID, leaf: leaf)
            prepared.append((node.signatureKey, node.signature, content))
        }
        let suite = group.suite
        let (measurement, valid) = try Measurement.of(setUp: { 0 }) { valid in
            for entry in prepared
            where suite.verifyWithLabel(publicKey: entry.key, .leafNode, entry.message, signature: entry.signature) {
                valid += 1
            }
            return valid
        }
        guard valid == members else { throw BenchmarkError.wrongMessage }
        record(.signatures, measurement, bytes: nil)
    }

    private mutating func record(_ operation: GroupOperationName, _ measurement: Measurement, bytes: Int?) {
        var row = Row(case: operation.rawValue)
        row.set("members", members)
        row.set("cpu_us", measurement.least, decimals: 0)
        row.set("cpu_us_median", measurement.median, decimals: 0)
        row.set("runs", measurement.count)
        row.set("bytes", bytes.map { Double($0) }, decimals: 0)
        row.set("allocations", measurement.allocations.map { Double($0) }, decimals: 0)
        row.set("mark_us", PublishedMark.microseconds(operation, members: members), decimals: 0)
        rows.append(row)
        fixtures.native[operation.rawValue] = measurement.least
    }
}
