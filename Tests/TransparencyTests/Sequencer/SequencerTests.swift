// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport
import Testing

@testable import Transparency

@Suite("Sequencer")
struct SequencerTests {
    private func ready() throws -> Sequencer<NativeCrypto> {
        let harness = try LogHarness { $0.mostEntries = 2 }
        try harness.settle()
        return harness.sequencer
    }

    @Test("a batch reads like this: stage, commit, publish, collect, announce, acknowledge")
    func transcript() throws {
        var sequencer = try ready()
        let policy = try Keys.policy()
        let now = Moment(nanoseconds: 0)
        #expect(sequencer.handle(.submitted(Ticket(1), try Entries.incident(1)), now: now) == [])
        #expect(sequencer.nextDeadline == now + .milliseconds(200))

        let stage = sequencer.handle(.submitted(Ticket(2), try Entries.incident(2)), now: now)
        guard case .write(.stage, let staged)? = stage.first else { throw TestFailure.missing("stage") }
        #expect(staged.count == 1)
        // While it is under way, another entry waits for the next batch.
        #expect(sequencer.handle(.submitted(Ticket(3), try Entries.incident(3)), now: now) == [])

        let commit = sequencer.handle(.written(.stage), now: now)
        guard case .write(.commit, let swapped)? = commit.first,
            case .replaceRecord(.some, let record)? = swapped.first
        else { throw TestFailure.missing("commit") }

        let publish = sequencer.handle(.written(.commit), now: now)
        guard case .write(.publish, let files)? = publish.first else { throw TestFailure.missing("publish") }
        let bundle = try #require(BundleCoordinate(index: 0, width: 2))
        let keys = files.compactMap { write -> StoreKey? in
            if case .put(let key, _) = write { key } else { nil }
        }
        #expect(keys == [.published(.entries(bundle)), .published(.tile(bundle.tile))])

        let collect = sequencer.handle(.written(.publish), now: now)
        guard case .collect(let checkpoint)? = collect.first else { throw TestFailure.missing("collect") }
        #expect(checkpoint.note.encoded == record && checkpoint.head.size == 2)

        let cosigned = try policy.cosigned(checkpoint, with: NativeCrypto.self)
        let announce = sequencer.handle(.cosigned(cosigned), now: now)
        #expect(announce == [.write(.announce, [.put(.published(.checkpoint), record)])])

        let done = sequencer.handle(.written(.announce), now: now)
        let leaves = try [1, 2].map { Entries.leaf(try Entries.incident($0)) }
        #expect(
            done == [
                .acknowledge([
                    Receipt(ticket: Ticket(1), index: 0, leaf: leaves[0]),
                    Receipt(ticket: Ticket(2), index: 1, leaf: leaves[1]),
                ])
            ]
        )
        #expect(sequencer.head?.size == 2)
        // The third one's time comes.
        #expect(!sequencer.handle(.tick, now: now + .milliseconds(200)).isEmpty)
    }

    @Test("the same entry goes in once, however often and whenever it is submitted")
    func twice() throws {
        let harness = try LogHarness()
        try harness.settle()
        let entry = try Entries.incident(7)
        let early = [harness.submit(entry), harness.submit(entry)]
        try harness.settle()
        let late = harness.submit(entry)
        try harness.settle()
        try harness.restart()
        let restarted = harness.submit(entry)
        try harness.settle()
        #expect((early + [late, restarted]).map { harness.places[$0] } == [0, 0, 0, 0])
        #expect(try harness.head().size == 1)
    }

    @Test("after a start entries of earlier batches, too, are told the place that they have")
    func restartedTwice() throws {
        let harness = try LogHarness { $0.mostEntries = 20 }
        let first = try (0..<600).map { harness.submit(try Entries.incident($0)) }
        try harness.settle()
        let places = first.map { harness.places[$0] }
        try harness.restart()
        let again = try (0..<600).map { harness.submit(try Entries.incident($0)) }
        try harness.settle()
        #expect(again.map { harness.places[$0] } == places)
        #expect(try harness.head().size == 600)
        #expect(harness.store.violations == [])
    }

    @Test("an entry of a batch that was found staged, submitted while that batch is under way, goes in once")
    func submittedIntoFoundBatch() throws {
        var committed: MemoryStore?
        let first = try LogHarness()
        try first.settle()
        let policy = first.policy
        first.collect = { checkpoint in
            committed = first.store
            return try policy.cosigned(checkpoint, with: NativeCrypto.self)
        }
        first.submit(try Entries.incident(1))
        try first.settle()

        // Killed before the checkpoint was announced. The next process meets a disk that works, then one that fails.
        for fails in [false, true] {
            let second = try LogHarness(store: try #require(committed))
            var ticket: Ticket?
            second.collect = { checkpoint in
                if ticket == nil {
                    ticket = second.submit(try Entries.incident(1))
                    // The announcement, next.
                    if fails { second.store.breakages = [second.store.writes: .lost] }
                }
                return try policy.cosigned(checkpoint, with: NativeCrypto.self)
            }
            try second.settle()
            second.submit(try Entries.incident(2))
            try second.settle()
            #expect(second.places[try #require(ticket)] == 0)
            #expect(try second.head().size == 2)
            #expect(second.fault == nil && second.store.violations == [])
        }
    }

    @Test("too many submissions are told so, and what came before still goes in")
    func busy() throws {
        let harness = try LogHarness { $0.mostWaiting = 5 }
        let tickets = try (0..<8).map { harness.submit(try Entries.incident($0)) }
        #expect(tickets.map { harness.refused[$0] } == Array(repeating: nil, count: 8))
        try harness.settle()
        #expect(tickets.filter { harness.refused[$0] == .busy }.count == 3)
        #expect(harness.places.count == 5)
    }

    @Test("without a quorum nothing is published or acknowledged; with it all is, in one batch after another")
    func unwitnessed() throws {
        let harness = try LogHarness()
        try harness.settle()
        var isDown = true
        var asked = 0
        let policy = harness.policy
        harness.collect = { checkpoint in
            asked += 1
            if asked > 5 { isDown = false }
            return isDown ? nil : try policy.cosigned(checkpoint, with: NativeCrypto.self)
        }
        let ticket = harness.submit(try Entries.incident(1))
        try harness.settle()
        #expect(asked == 6)
        #expect(harness.places[ticket] == 0)
        #expect(harness.store.violations == [])
    }

    @Test("cosignatures are renewed for the same checkpoint, and a witness that is down holds nothing up")
    func renewal() throws {
        let harness = try LogHarness()
        harness.submit(try Entries.incident(1))
        try harness.settle()
        var shown: [TreeHead] = []
        let policy = harness.policy
        harness.collect = { checkpoint in
            shown.append(checkpoint.head)
            return shown.count == 1 ? nil : try policy.cosigned(checkpoint, with: NativeCrypto.self)
        }
        let before = try harness.head()
        try harness.pass(.seconds(301))
        try harness.pass(.seconds(2))
        #expect(shown == [before, before])
        harness.submit(try Entries.incident(2))
        try harness.settle()
        #expect(shown.last?.size == 2)
        #expect(harness.store.violations == [])
    }

    @Test("partial tiles go when full ones have come, and a log whose partial ones are gone still loads")
    func tidying() throws {
        let harness = try LogHarness { $0.mostEntries = 50 }
        for number in 0..<300 { harness.submit(try Entries.incident(number)) }
        try harness.settle()
        let partials = harness.store.files.keys.compactMap { key -> LogResource? in
            if case .published(let resource) = key, resource.path.contains("000.p/") { resource } else { nil }
        }
        // Of the first 256 entries no partial resource is left; level 1 is partial itself.
        #expect(partials.allSatisfy { $0.path.hasPrefix("tile/1/") })
        #expect(try harness.monitor().findings == [])
    }

    @Test("a store that contradicts itself stops the log instead of having it sign something else")
    func faults() throws {
        let base = try LogHarness()
        try base.settle()
        let atZero = base.store
        base.submit(try Entries.incident(1))
        try base.settle()
        let atOne = base.store
        base.submit(try Entries.incident(2))
        try base.settle()
        let atTwo = base.store
        let foreign = try LogHarness(signer: Keys.log(seed: 77))
        try foreign.settle()
        let forked = try LogHarness()
        for number in 10..<12 { forked.submit(try Entries.incident(number)) }
        try forked.settle()
        let edge = try #require(BundleCoordinate(index: 0, width: 2))

        let cases: [(SequencerFault, (inout MemoryStore) -> Void)] = [
            (.recordLost, { $0.set(.record, nil) }),
            (.recordUnreadable, { $0.set(.record, [1, 2, 3]) }),
            (.recordUnreadable, { $0.set(.record, foreign.store.files[.record]) }),
            (.publishedUnreadable, { $0.set(.published(.checkpoint), foreign.store.file(.checkpoint)) }),
            // A backup was played back.
            (.recordBehindPublished, { $0.set(.record, atOne.files[.record]) }),
            (.recordBehindPublished, { $0.set(.record, forked.store.files[.record]) }),
            (.stageContradictsRecord, { $0.set(.stage, atZero.files[.stage]) }),
            (
                .stageUnreadable,
                {
                    $0.set(.stage, nil)
                    $0.set(.published(.checkpoint), atOne.file(.checkpoint))
                }
            ),
            (.tilesUnreadable, { $0.set(.published(.tile(edge.tile)), nil) }),
            (.tilesUnreadable, { $0.set(.published(.entries(edge)), nil) }),
            (.bundleContradictsTile, { $0.set(.published(.entries(edge)), forked.store.file(.entries(edge))) }),
            (
                .tilesContradictRecord,
                {
                    $0.set(.published(.entries(edge)), forked.store.file(.entries(edge)))
                    $0.set(.published(.tile(edge.tile)), forked.store.file(.tile(edge.tile)))
                }
            ),
        ]
        for (fault, damage) in cases {
            var store = atTwo
            damage(&store)
            let harness = try LogHarness(store: store)
            let ticket = harness.submit(try Entries.incident(3))
            try harness.settle()
            #expect(harness.fault == fault)
            #expect(harness.refused[ticket] == .stopped)
            let after = harness.submit(try Entries.incident(4))
            try harness.settle()
            #expect(harness.refused[after] == .stopped)
        }
    }
}
