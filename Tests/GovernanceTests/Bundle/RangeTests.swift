// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("The log in a bundle")
struct RangeTests {
    private let story: Story
    private let bundle: OrderBundle

    init() throws {
        story = try Story.complete(.eject)
        bundle = try story.bundle()
    }

    private func expect(
        _ refusal: RangeRefusal,
        checkpoint: [UInt8]? = nil,
        now: UInt64? = nil,
        _ location: SourceLocation = #_sourceLocation,
        _ edit: (inout OrderBundle) throws -> Void = { _ in }
    ) throws {
        var changed = bundle
        try edit(&changed)
        #expect(throws: PermitRefusal.range(refusal), sourceLocation: location) {
            try story.verify(changed, checkpoint: checkpoint, now: now)
        }
    }

    @Test("its beginning")
    func edge() throws {
        try expect(.malformedEdge) { $0.start = 7 }
        try expect(.malformedEdge) { $0.subtrees.removeLast() }
        try expect(.otherTree(0)) { $0.subtrees[0] = Story.hash("x") }
    }

    @Test("its checkpoints")
    func checkpoints() throws {
        try expect(.checkpoint(0, .malformed(.note(.noSignatures)))) { $0.checkpoints[0] = [0x61] }
        let stranger = try TestLog(name: "evil.example", seed: 1)
        stranger.append([1])
        let line = String(decoding: try stranger.checkpoint(at: 1), as: UTF8.self).split(separator: "\n").last ?? ""
        try expect(.checkpoint(2, .foreignSignature)) { $0.checkpoints[2] += Array((line + "\n").utf8) }
        try expect(.checkpoint(0, .trust(.checkpoint(.unknownOrigin)))) { bundle in
            let other = try TestLog(name: "other.example")
            for entry in self.story.council.log.entries { other.append(entry) }
            // Signed by the same witnesses, of another log: the log's own line is the stranger's.
            var lines = String(decoding: try other.checkpoint(at: self.story.council.now), as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false)
            lines.remove(at: 4)
            bundle.checkpoints[0] = Array(lines.joined(separator: "\n").utf8)
        }
        story.council.log.awake = [0, 1, 2, 3]
        let few = try story.council.log.checkpoint(at: story.council.now)
        do {
            _ = try story.verify(checkpoint: few)
            Issue.record("accepted")
        } catch PermitRefusal.range(.execution(.trust(.quorumMissed(let found)))) {
            #expect(found.count == 4)
        }
        do {
            var changed = bundle
            changed.checkpoints.append(few)
            story.council.log.awake = Array(0..<7)
            _ = try story.verify(changed)
            Issue.record("accepted")
        } catch PermitRefusal.range(.checkpoint(let number, .trust(.quorumMissed))) {
            #expect(number == bundle.checkpoints.count)
        }
        let before = try story.council.log.checkpoint(at: story.council.now, size: 3)
        try expect(.checkpointOutside(0)) { $0.checkpoints.insert(before, at: 0) }
        try expect(.checkpointOutside(1)) { $0.checkpoints.swapAt(0, 1) }
    }

    @Test("its entries: none changed, none left out, none put in")
    func entries() throws {
        for index in bundle.entries.indices {
            var changed = bundle
            changed.entries[index][0] ^= 1
            #expect(throws: PermitRefusal.self) { try story.verify(changed) }
            changed = bundle
            changed.entries.remove(at: index)
            #expect(throws: PermitRefusal.self) { try story.verify(changed) }
            changed = bundle
            changed.entries.insert(bundle.entries[index], at: index)
            #expect(throws: PermitRefusal.self) { try story.verify(changed) }
        }
        try expect(.otherTree(0)) { $0.entries[0][0] ^= 1 }
    }

    @Test("where it ends")
    func end() throws {
        let log = story.council.log
        let smaller = try log.checkpoint(at: story.council.now, size: log.entries.count - 1)
        try expect(.checkpointTooSmall, checkpoint: smaller)
        let fork = try TestLog()
        for entry in log.entries.dropLast() { fork.append(entry) }
        fork.append([1])
        try expect(.forked, checkpoint: fork.checkpoint(at: story.council.now))
        let last = try log.checkpoint(at: story.council.now)
        log.append([1])
        try expect(.endsEarly, checkpoint: log.checkpoint(at: story.council.now))
        try expect(.checkpointOutside(bundle.checkpoints.count), checkpoint: last) {
            $0.checkpoints.append(try log.checkpoint(at: self.story.council.now))
        }
    }

    @Test("fresh, and not of tomorrow")
    func fresh() throws {
        let now = story.council.now
        let checkpoint = try story.council.log.checkpoint(at: now)
        #expect(throws: Never.self) { try story.verify(checkpoint: checkpoint, now: now + 600) }
        #expect(throws: PermitRefusal.staleCheckpoint) { try story.verify(checkpoint: checkpoint, now: now + 601) }
        #expect(throws: Never.self) {
            try story.verify(checkpoint: story.council.log.checkpoint(at: now + 60), now: now)
        }
        try expect(
            .execution(.trust(.futureCosignature(0))),
            checkpoint: story.council.log.checkpoint(at: now + 61),
            now: now
        )
    }

    @Test("it begins no later than the charter's own entry")
    func charter() throws {
        let index = story.council.charterIndex
        var later = try story.bundle(from: index + 1)
        later.checkpoints.removeFirst(1)
        #expect(throws: PermitRefusal.charterNotInRange) { try story.verify(later) }
    }

    @Test("other charters in it")
    func charters() throws {
        let hash = Story.hash("another charter").text
        let fork = try Story.complete(.eject)
        _ = try fork.council.append(.charter, [(.version, "1"), (.document, hash)])
        #expect(throws: PermitRefusal.charterForked) { try fork.verify() }

        let pending = try Story.complete(.eject)
        _ = try pending.council.append(.charter, [(.version, "2"), (.document, hash)])
        #expect(throws: Never.self) { try pending.verify() }
        pending.wait(15 * 86_400)
        #expect(throws: PermitRefusal.charterSuperseded) { try pending.verify() }

        let old = try Story.complete(.eject)
        _ = try old.council.append(.charter, [(.version, "0"), (.document, hash)])
        #expect(throws: Never.self) { try old.verify() }
    }

    @Test("the charter was in effect when the order was proposed")
    func inEffect() throws {
        let council = try Council()
        council.now += 8 * 86_400
        try council.amend()
        council.now += 60
        try council.mark()
        council.forgetMarks()
        try council.mark()
        let story = try Story.complete(.suspend, council: council)
        #expect(throws: PermitRefusal.charterNotInEffect) { try story.verify() }
    }

    @Test("and hasn't expired")
    func expired() throws {
        let council = try Council(edit: { text in
            let line = text.split(separator: "\n").first { $0.hasPrefix("expires") }.map(String.init) ?? ""
            return text.replacing(line, with: "expires 2026-09-21T20:00:00Z")
        })
        let story = try Story.complete(.eject, council: council)
        #expect(throws: Never.self) { try story.verify() }
        story.wait(6 * 3_600)
        #expect(throws: PermitRefusal.charterExpired) { try story.verify() }
    }
}
