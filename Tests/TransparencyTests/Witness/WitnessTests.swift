// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport
import Testing

@testable import Transparency

@Suite("Witness")
struct WitnessTests {
    private let log: SignedTree
    private let known: KnownLog
    private let fork: SignedTree

    init() throws {
        log = try SignedTree(count: 40)
        fork = try SignedTree(count: 40, variant: 1)
        known = try #require(KnownLog(key: log.signer.key))
    }

    @Test("statuses are the specification's")
    func statuses() throws {
        let witness = try WitnessHarness(logs: [known])
        #expect(try witness.post(log.request(from: 0, to: 0))?.status == 200)
        #expect(try witness.post(log.request(from: 0, to: 5))?.status == 200)
        let conflict = try witness.post(log.request(from: 3, to: 9))
        #expect(conflict?.status == 409 && conflict?.contentType == "text/x.tlog.size")
        #expect(conflict?.body == Array("5\n".utf8))
        // Old above new: 400, before the sizes are compared with ours.
        #expect(try witness.post(log.request(from: 9, to: 5))?.status == 400)
        #expect(try witness.post(log.request(from: 5, to: 9))?.status == 200)
        // The same again: a cosignature of now.
        #expect(try witness.post(log.request(from: 9, to: 9))?.status == 200)
        // Another tree of that size, and one that doesn't continue ours.
        #expect(try witness.post(fork.request(from: 9, to: 9))?.status == 422)
        #expect(try witness.post(fork.request(from: 9, to: 20))?.status == 422)
        #expect(witness.evidence == 2)
        // A proof where none belongs, and none where one does.
        let padded = AddCheckpointRequest(
            oldSize: 9,
            proof: ConsistencyProof(hashes: [Tree.emptyRoot]),
            checkpoint: try log.checkpoint(9)
        )
        #expect(try witness.post(padded)?.status == 422)
        let bare = AddCheckpointRequest(
            oldSize: 9,
            proof: ConsistencyProof(hashes: []),
            checkpoint: try log.checkpoint(10)
        )
        #expect(try witness.post(bare)?.status == 422)
        #expect(witness.evidence == 2)
        // Another log, and another key for this log's name.
        #expect(
            try witness.post(SignedTree(count: 3, signer: Keys.log("other.example")).request(from: 0, to: 3))?.status
                == 404
        )
        #expect(
            try witness.post(SignedTree(count: 40, signer: Keys.log(seed: 9)).request(from: 9, to: 12))?.status == 403
        )
        for body in [
            "", "old 9", "old 09\n\n", "old 9\n", "old 9\nAAAA\n\n", "new 9\n\n", "old -1\n\n", "old 9 \n\n",
            "old 9\n" + String(repeating: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", count: 64) + "\n",
        ] {
            let text = Array(body.utf8) + (body.hasSuffix("\n\n") ? try log.checkpoint(12).note.encoded : [])
            #expect(try witness.post(text)?.status == 400, "\(body)")
        }
        #expect(try witness.post(log.request(from: 9, to: 40))?.status == 200)
    }

    @Test("an empty tree with another root is refused, and so is a proof from nothing")
    func emptyTree() throws {
        let witness = try WitnessHarness(logs: [known])
        let checkpoint = try VerifiedCheckpoint(
            signing: Checkpoint(origin: known.origin, head: TreeHead(size: 0, root: Tree.leafHash([]))),
            with: log.signer
        )
        let request = AddCheckpointRequest(oldSize: 0, proof: ConsistencyProof(hashes: []), checkpoint: checkpoint)
        #expect(try witness.post(request)?.status == 422)
        let proved = AddCheckpointRequest(
            oldSize: 0,
            proof: ConsistencyProof(hashes: [Tree.emptyRoot]),
            checkpoint: try log.checkpoint(5)
        )
        #expect(try witness.post(proved)?.status == 422)
        #expect(try witness.post(log.request(from: 0, to: 5))?.status == 200)
    }

    @Test("the signature leaves after the record is durable, and what is served is that record")
    func durable() throws {
        var witness = Witness(cosigner: try Keys.witness(0), logs: [known])
        let now = try Keys.time(1_790_000_000)
        let hash = known.origin.hash(with: NativeCrypto.self)
        #expect(witness.handle(.start, now: now) == [.load(known.origin)])
        #expect(witness.handle(.loaded(known.origin, nil), now: now) == [])
        #expect(witness.checkpoint(originHash: hash) == nil)

        let first = witness.handle(.request(1, try log.request(from: 0, to: 5).encoded), now: now)
        guard case .store(known.origin, let record, nil)? = first.first, first.count == 1 else {
            throw TestFailure.missing("store")
        }
        // Meanwhile a second request waits: the race that the specification tells.
        #expect(witness.handle(.request(2, try log.request(from: 0, to: 8).encoded), now: now) == [])
        #expect(witness.checkpoint(originHash: hash) == nil)
        let second = witness.handle(.stored(known.origin), now: now)
        guard case .respond(1, let response)? = second.first, case .respond(2, let conflict)? = second.last else {
            throw TestFailure.missing("answers")
        }
        #expect(response.status == 200 && conflict.status == 409)
        #expect(witness.checkpoint(originHash: hash) == record)
        let signed = try SignedCheckpoint(parsing: record)
        #expect(signed.note.signatures.count == 2)
        let policy = try Keys.policy(1, of: 1)
        #expect(try policy.verify(signed, with: NativeCrypto.self).witnessedAt == now)
    }

    @Test("each way in which a store can fail: never two trees, and never a signature without its record")
    func crashes() throws {
        for breakage in MemoryStore.Breakage.allCases {
            let witness = try WitnessHarness(logs: [known])
            _ = try witness.post(log.request(from: 0, to: 5))
            witness.nextStore = breakage
            let answer = try witness.post(log.request(from: 5, to: 9))
            #expect(answer == nil || answer?.status == 500, "\(breakage)")
            // Whatever the disk holds is what counts from now on.
            let isStored = breakage == .storedButFailed || breakage == .killedAfter
            let expected = isStored ? 9 : 5
            #expect(try witness.post(fork.request(from: expected, to: 20))?.status == 422, "\(breakage)")
            let conflict = try witness.post(log.request(from: isStored ? 5 : 9, to: 20))
            #expect(conflict?.status == 409 && conflict?.body == Array("\(expected)\n".utf8), "\(breakage)")
            #expect(try witness.post(log.request(from: expected, to: 20))?.status == 200, "\(breakage)")
        }
    }

    @Test("a clock that is set back signs nothing; a small correction repeats the last time")
    func clock() throws {
        let witness = try WitnessHarness(logs: [known])
        let policy = try Keys.policy(1, of: 1)
        func time() throws -> UInt64? {
            let record = try #require(witness.disk[known.origin])
            return try policy.verify(SignedCheckpoint(parsing: record), with: NativeCrypto.self).witnessedAt?.seconds
        }
        _ = try witness.post(log.request(from: 0, to: 5))
        #expect(try time() == 1_790_000_000)
        witness.now -= 30
        #expect(try witness.post(log.request(from: 5, to: 6))?.status == 200)
        #expect(try time() == 1_790_000_000)
        witness.now -= 3_600
        #expect(try witness.post(log.request(from: 6, to: 7))?.status == 503)
        try witness.restart()
        #expect(try witness.post(log.request(from: 6, to: 7))?.status == 503)
        witness.now += 7_200
        #expect(try witness.post(log.request(from: 6, to: 7))?.status == 200)
    }

    @Test("a damaged record, or one that another key cosigned, stops that log and no other")
    func damagedRecord() throws {
        let other = try SignedTree(count: 9, signer: Keys.log("other.example"))
        let both = try [known, #require(KnownLog(key: other.signer.key))]
        let healthy = try WitnessHarness(1, logs: both)
        _ = try healthy.post(log.request(from: 0, to: 5))
        let witness = try WitnessHarness(0, logs: both)
        for (record, fault) in [
            (healthy.disk[known.origin], WitnessFault.recordNotCosigned),
            ([1, 2, 3], .recordUnreadable(.note(.invalidText))),
        ] {
            witness.disk[known.origin] = record
            try witness.restart()
            #expect(witness.fault == fault)
            #expect(try witness.post(log.request(from: 5, to: 6))?.status == 503)
        }
        #expect(try witness.post(other.request(from: 0, to: 9))?.status == 200)
    }
}
