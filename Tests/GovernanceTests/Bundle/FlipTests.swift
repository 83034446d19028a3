// SPDX-License-Identifier: Apache-2.0

import Foundation
import Governance
import GovernanceSupport
import NativeCrypto
import TestSupport
import Testing
import Transparency

/// Every byte of a bundle counts.
@Suite("One bit of a bundle")
struct FlipTests {
    /// A small council, so that every byte can be tried: both operators, an advocate, three witnesses.
    static func story() throws -> Story {
        let people: [Council.Person] = [
            .init("a-officer", .counsel, "operator-a", ["NL"]), .init("b-officer", .counsel, "operator-b", ["CA"]),
            .init("clerk", .clerk, "registry", ["IE"]), .init("ada", .advocate, "watch", ["IS"]),
        ]
        let council = try Council(
            template: .pair,
            people: people + TemplateTests.pair.filter { $0.role == .keeper },
            witnesses: 3,
            quorum: 2
        )
        let story = Story(council)
        try story.approveAsPair(.eject)
        try story.ripen(.eject)
        return story
    }

    private static let shards = 8

    /// Unoptimised, a run of all bytes takes minutes: then every seventh of them, unless `VIGIL_EVERY_BYTE` is set.
    private static var step: Int {
        #if DEBUG
        return ProcessInfo.processInfo.environment["VIGIL_EVERY_BYTE"] == nil ? 7 : 1
        #else
        return 1
        #endif
    }

    @Test("flipped, wherever it is: refused with a typed reason", arguments: 0..<shards)
    func everyByte(_ shard: Int) throws {
        let story = try FlipTests.story()
        let file = try #require(story.bundle().encoded)
        let checkpoint = try story.council.log.checkpoint(at: story.council.now)
        #expect(throws: Never.self) { try story.verify(OrderBundle(parsing: file), checkpoint: checkpoint) }
        var randomness = SeededRandomness(seed: UInt64(shard))
        for index in stride(from: shard, to: file.count, by: FlipTests.shards * FlipTests.step) {
            var changed = file
            changed[index] ^= 1 << UInt8(randomness.next() % 8)
            do {
                _ = try story.verify(OrderBundle(parsing: changed), checkpoint: checkpoint)
                Issue.record("accepted with a bit of byte \(index) flipped")
            } catch is BundleFormatRefusal {} catch is PermitRefusal {}
        }
    }
}
