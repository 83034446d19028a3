// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport
import Testing

@testable import Transparency

@Suite("Monitor")
struct MonitorTests {
    /// A sound log of 600 entries, a case among them.
    private func log() throws -> LogHarness {
        let harness = try LogHarness { $0.mostEntries = 100 }
        var story = CaseStory(seed: 4)
        harness.submit(try story.next(.contact, [(.actor, "liaison"), (.requester, "NL"), (.instrument, "warrant")]))
        for number in 0..<598 { harness.submit(try Entries.incident(number)) }
        harness.submit(try story.next(.closed, [(.outcome, "refused")]))
        try harness.settle()
        return harness
    }

    /// A log that holds whatever it is told to, properly signed: an operator who cheats.
    private func raw(_ entries: [[UInt8]]) throws -> LogHarness {
        let harness = try LogHarness()
        var log = GrowingLog<NativeCrypto>()
        for entry in entries {
            for (resource, bytes) in try log.append(entry, leaf: Tree.leafHash(entry)) {
                harness.store.set(.published(resource), bytes)
            }
        }
        for (resource, bytes) in try log.partials() { harness.store.set(.published(resource), bytes) }
        let origin = try #require(LogOrigin(harness.signer.key.name.bytes))
        let checkpoint = try VerifiedCheckpoint(
            signing: Checkpoint(origin: origin, head: log.edge.head),
            with: harness.signer
        )
        harness.store.set(.published(.checkpoint), checkpoint.note.encoded)
        return harness
    }

    private func change(_ harness: LogHarness, _ resource: LogResource, at place: Int) throws {
        var bytes = try #require(harness.store.file(resource))
        bytes[place] ^= 1
        harness.store.set(.published(resource), bytes)
    }

    private func bundle(_ index: UInt64, _ width: Int = 256) throws -> LogResource {
        .entries(try #require(BundleCoordinate(index: index, width: width)))
    }

    private func tile(_ level: Int, _ index: UInt64, _ width: Int = 256) throws -> LogResource {
        .tile(try #require(TileCoordinate(level: level, index: index, width: width)))
    }

    @Test("a sound log has no findings, whatever the size of the windows")
    func sound() throws {
        let harness = try log()
        for atOnce in [1, 2, 16] {
            var options = MonitorOptions()
            options.bundlesAtOnce = atOnce
            let monitor = try harness.monitor(options: options)
            #expect(monitor.findings == [] && monitor.isSound)
            #expect(monitor.progress == (600, 600))
            #expect(try monitor.state.head == harness.head())
        }
    }

    @Test("what was changed is named: an entry, a tile of each level, a missing file")
    func tampered() throws {
        let sound = try log()
        let clean = sound.store
        func findings(_ damage: (LogHarness) throws -> Void) throws -> [String] {
            sound.store = clean
            try damage(sound)
            return try sound.monitor().findings.map(\.text)
        }
        // A character of the entry's hash: still an entry, another one.
        let edited = try findings { harness in
            let resource = try bundle(1)
            var bytes = try #require(harness.store.file(resource))
            let last = bytes.count - 2
            bytes[last] = bytes[last] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
            harness.store.set(.published(resource), bytes)
        }
        #expect(edited.contains("entry 511: isn't the entry whose hash is in the tile"))
        #expect(edited.last == "checkpoint: the entries lead to another root")

        #expect(
            try findings { try change($0, tile(0, 0), at: 40) } == [
                "entry 1: isn't the entry whose hash is in the tile"
            ]
        )
        #expect(
            try findings { try change($0, tile(0, 2, 88), at: 0) } == [
                "entry 512: isn't the entry whose hash is in the tile"
            ]
        )
        #expect(
            try findings { try change($0, tile(1, 0, 2), at: 63) } == [
                "tile/1/000.p/2: isn't what the entries lead to"
            ]
        )
        #expect(try findings { $0.store.set(.published(try tile(0, 1)), nil) } == ["tile/0/001: can't be fetched"])
        #expect(try findings { $0.store.set(.published(try bundle(1)), nil) } == ["tile/entries/001: can't be fetched"])
        #expect(try findings { $0.store.set(.published(.checkpoint), nil) } == ["checkpoint: can't be fetched"])
        #expect(try findings { try change($0, bundle(0), at: 0) } == ["tile/entries/000: ends inside an entry"])
        #expect(
            try findings { $0.store.set(.published(try tile(0, 1)), [1, 2, 3]) } == [
                "tile/0/001: has the wrong length"
            ]
        )
        #expect(
            try findings { $0.store.set(.published(.checkpoint), Array("hello\n".utf8)) } == [
                "checkpoint: is no checkpoint"
            ]
        )
        #expect(
            try findings { $0.store.set(.published(.checkpoint), try LogHarness.settled(seed: 5)) } == [
                "checkpoint: isn't signed by the log's key"
            ]
        )
    }

    @Test("a monitor goes on from its file, sees only what is new, and notices what changed behind it")
    func goesOn() throws {
        let harness = try log()
        let first = try harness.monitor()
        let state = try #require(MonitorState<NativeCrypto>(decoding: first.state.encoded))
        #expect(try harness.monitor(from: state).findings == [])
        for number in 1_000..<1_100 { harness.submit(try Entries.incident(number)) }
        try harness.settle()
        let second = try harness.monitor(from: state)
        #expect(second.findings == [])
        #expect(second.state.head.size == 700)

        // Rolled back, and another tree of the same size.
        let shorter = try log()
        #expect(
            try shorter.monitor(from: second.state).findings.map(\.text) == [
                "checkpoint: shrank from 700 entries to 600"
            ]
        )
        let forked = try LogHarness { $0.mostEntries = 100 }
        for number in 0..<600 { forked.submit(try Entries.incident(number)) }
        try forked.settle()
        let fork = try forked.monitor(from: state)
        #expect(fork.findings.map(\.text) == ["checkpoint: another tree of 600 entries was signed as well"])
        #expect(fork.state.head == state.head)
        // Another past with a longer present: the last bundle and the root tell.
        for number in 600..<650 { forked.submit(try Entries.incident(number)) }
        try forked.settle()
        let rewritten = try forked.monitor(from: state).findings.map(\.text)
        #expect(rewritten.contains("entry 599: isn't the entry that was read there before"))
        #expect(rewritten.last == "checkpoint: the entries lead to another root")

        var bytes = first.state.encoded
        bytes[20] ^= 1
        #expect(MonitorState<NativeCrypto>(decoding: bytes) == nil)
    }

    @Test("checkpoints seen elsewhere: older and consistent, older and forked, of this size, larger, foreign")
    func views() throws {
        let harness = try log()
        let forked = try LogHarness { $0.mostEntries = 100 }
        for number in 0..<300 { forked.submit(try Entries.incident(number)) }
        try forked.settle()
        let sound = try harness.entries()
        func view(_ name: String, _ entries: [[UInt8]]) throws -> CheckpointView {
            CheckpointView(name: name, bytes: try raw(entries).published())
        }
        let monitor = try harness.monitor(views: [
            view("older", Array(sound.prefix(300))), view("one", Array(sound.prefix(1))),
            view("full", Array(sound.prefix(256))),
            view("empty", []), view("same", sound), CheckpointView(name: "forked", bytes: forked.published()),
            view("other", Array(sound.dropLast() + [sound[0]])), view("larger", sound + [sound[0]]),
            CheckpointView(name: "foreign", bytes: LogHarness.settled(seed: 5)),
        ])
        #expect(
            monitor.findings.map(\.text) == [
                "foreign: isn't signed by the log's key", "forked: another tree of 300 entries was signed as well",
                "other: another tree of 600 entries was signed as well",
                "larger: has 601 entries, more than the log shows",
            ]
        )
        #expect(monitor.findings.map(\.isFault) == [true, true, true, false])
    }

    @Test("what this very log showed before: the same, less, and more than it shows now")
    func earlierViews() throws {
        let harness = try log()
        let sound = try harness.entries()
        func findings(_ entries: [[UInt8]]) throws -> [Finding] {
            let view = CheckpointView(name: "before", bytes: try raw(entries).published(), isEarlier: true)
            return try harness.monitor(views: [view]).findings
        }
        #expect(try findings(sound).isEmpty && findings(Array(sound.prefix(300))).isEmpty)
        let back = try findings(sound + [sound[0]])
        #expect(back.map(\.text) == ["before: shrank from 601 entries to 600"] && back.allSatisfy(\.isFault))
    }

    @Test("entries: what isn't one, a type of tomorrow, a broken case, an opening that is owed")
    func entries() throws {
        var story = CaseStory(seed: 6)
        let commitment = try #require(
            Commitment.make(
                salt: [UInt8](repeating: 1, count: 32),
                revealing: [(.requester, "NL")],
                with: NativeCrypto.self
            )
        )
        let due = try Entries.time(1_799_999_999)
        let contact = try story.next(
            .contact,
            [
                (.actor, "liaison"), (.requester, "undisclosed"), (.instrument, "warrant"),
                (.commitment, commitment.text),
                (.due, due.text),
            ]
        )
        let stray = try story.entry(.check, after: nil, [(.actor, "counsel"), (.outcome, "passed")])
        let future = try LogEntry(.incident, at: Entries.time(1_900_000_000), [(.document, Entries.hash(1))])
        let unknown = Array("vigil-entry/v1\ntype hearing\ntime 2026-09-21T14:13:20Z\nroom 12\n".utf8)
        let harness = try raw([
            contact.encoded, stray.encoded, Array("Jan de Vries\n".utf8), unknown, future.encoded,
        ])
        let id = story.caseID.text
        #expect(
            try harness.monitor().findings.map(\.text) == [
                "case \(id), entry 1: begins a case that has begun",
                "entry 2: isn't written as entries are: another first line",
                "entry 3: of a type unknown here: hearing", "entry 4: of a time that hasn't come",
                "case \(id), entry 0: should have been opened by \(due.text)",
            ]
        )
        #expect(try harness.monitor(now: 1_799_999_999).findings.count == 4)
        var options = MonitorOptions()
        options.mostFindings = 2
        let brief = try harness.monitor(options: options)
        #expect(brief.findings.count == 2 && brief.unlisted == 3 && !brief.isSound)
    }

    @Test("witnesses: too few, too old, too early, a wrong signature in a witness's name")
    func witnesses() throws {
        let policy = try Keys.policy(2, of: 3)
        let harness = try LogHarness(policy: policy)
        let known = try #require(KnownLog(key: harness.signer.key))
        let witnesses = try (0..<3).map { try WitnessHarness($0, logs: [known]) }
        harness.collect = { checkpoint in
            var collector = CosignatureCollector<NativeCrypto>(checkpoint, policy: policy)
            for case .ask(let witness, let old) in collector.start() {
                let request = AddCheckpointRequest(
                    oldSize: old,
                    proof: ConsistencyProof(hashes: []),
                    checkpoint: checkpoint
                )
                if let response = try witnesses[witness].post(request) { _ = collector.handle(response, from: witness) }
            }
            return collector.cosigned
        }
        try harness.settle()
        #expect(try harness.monitor(now: 1_790_000_000).findings == [])
        #expect(
            try harness.monitor(now: 1_790_090_000).findings.map(\.text) == [
                "checkpoint: last seen by a quorum of witnesses 1790000000 s after 1970"
            ]
        )
        #expect(
            try harness.monitor(now: 1_789_000_000).findings.map(\.place)
                == (0..<3).map {
                    .witness(Array("w\($0)".utf8))
                }
        )
        let lines = String(decoding: try harness.published(), as: UTF8.self).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        let few = lines.filter { !$0.contains("/w1 ") && !$0.contains("/w2 ") }.joined(separator: "\n")
        harness.store.set(.published(.checkpoint), Array(few.utf8))
        #expect(
            try harness.monitor(now: 1_790_000_000).findings.map(\.text) == [
                "checkpoint: cosigned by 1 of the witnesses, which is too few"
            ]
        )
        let forged = few.replacing("/w0 ", with: "/w9 ")  // nobody's
        harness.store.set(.published(.checkpoint), Array(forged.utf8))
        #expect(
            try harness.monitor(now: 1_790_000_000).findings.map(\.text) == [
                "checkpoint: cosigned by 0 of the witnesses, which is too few"
            ]
        )
    }
}

extension LogHarness {
    /// The checkpoint of a log with another key.
    static func settled(seed: UInt64) throws -> [UInt8] {
        let harness = try LogHarness(signer: Keys.log(seed: seed))
        try harness.settle()
        return try harness.published()
    }
}
