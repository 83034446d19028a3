// SPDX-License-Identifier: Apache-2.0

import LogKeeping
import LogProcess
import NIOConcurrencyHelpers
import NativeCrypto
import TestSupport
import Testing

@testable import Transparency

/// Seven witnesses, five of which it takes; and who would like to have it otherwise.
@Suite("Attacks on the log under witnesses")
struct WitnessAttackTests {
    private let folder: TemporaryFolder
    private let signer: NoteSigner<NativeCrypto>
    private let witnesses: LocalWitnesses
    private let policy: TrustPolicy

    init() throws {
        folder = try TemporaryFolder()
        signer = try Logs.signer()
        witnesses = try LocalWitnesses(7, of: try #require(KnownLog(key: signer.key)), in: folder.path)
        policy = try witnesses.policy(quorum: 5, log: signer.key)
    }

    /// Somebody with the log's key shows a tree to the witnesses.
    private func show(
        _ log: TinyLog,
        _ size: Int,
        to chosen: Set<Int> = Set(0..<7)
    ) async throws -> (cosigned: CosignedCheckpoint?, troubles: [String: WitnessTrouble]) {
        let troubles = NIOLockedValueBox<[String: WitnessTrouble]>([:])
        let round = WitnessRound(
            policy: policy,
            exchange: ChosenWitnesses(witnesses: witnesses, chosen: chosen),
            grace: .seconds(60),
            onFailure: { witness, trouble in
                troubles.withLockedValue { $0[String(decoding: witness.name, as: UTF8.self)] = trouble }
            },
            proof: { old, new in try ConsistencyProof(from: old, to: new, from: log, with: NativeCrypto.self) }
        )
        let cosigned = await round.collect(try log.checkpoint(size))
        return (cosigned, troubles.withLockedValue { $0 })
    }

    @Test("fork: who has the log's key signs another tree; no witness cosigns it, and each keeps the evidence")
    func stolenKeyFork() async throws {
        #expect(try await show(TinyLog(signer, count: 40), 20).cosigned?.cosignatures.count == 7)
        let forged = TinyLog(signer, variant: 1, count: 40)
        for size in [20, 30] {
            let (cosigned, troubles) = try await show(forged, size)
            #expect(cosigned == nil)
            #expect(troubles.count == 7 && troubles.values.allSatisfy { $0 == .refused(.inconsistent) && $0.isAlarm })
        }
        // By themselves such checkpoints are worth nothing to a reader.
        #expect(throws: TrustRefusal.quorumMissed([])) {
            try policy.verify(SignedCheckpoint(forged.checkpoint(30)), with: NativeCrypto.self)
        }
    }

    @Test("stolen log key, used to continue the log: at its next batch the owner's node is told by every witness")
    func stolenKeyAppends() async throws {
        let log = TinyLog(signer, count: 40)
        _ = try await show(log, 10)
        // The thief's, consistent with the log: seen by all.
        #expect(try await show(log, 30).cosigned != nil)
        let (cosigned, troubles) = try await show(log, 20)
        #expect(cosigned == nil)
        #expect(troubles.count == 7 && troubles.values.allSatisfy { $0 == .refused(.aheadOfUs(30)) && $0.isAlarm })
    }

    @Test("split view: four witnesses are shown one tree and three another: neither gets the quorum")
    func splitView() async throws {
        _ = try await show(TinyLog(signer, count: 40), 10)
        let one = try await show(TinyLog(signer, count: 40), 30, to: [0, 1, 2, 3])
        let other = try await show(TinyLog(signer, variant: 1, count: 40), 30, to: [4, 5, 6])
        #expect(one.cosigned == nil && other.cosigned == nil)
        // Nor later, with the witnesses of the other one.
        #expect(try await show(TinyLog(signer, variant: 1, count: 40), 30).cosigned == nil)
    }

    @Test("two lying witnesses of seven: they cosign a fork, and make an old tree look fresh; neither helps")
    func twoLiars() async throws {
        let honest = try #require(try await show(TinyLog(signer, count: 40), 20).cosigned)
        let forged = try TinyLog(signer, variant: 1, count: 40).checkpoint(20)
        let liars = try (5..<7).map { try LocalWitnesses.cosigner($0) }
        let lies = try liars.map { try $0.cosign(forged, at: Logs.time(1_800_000_000)) }
        #expect(throws: TrustRefusal.self) {
            try policy.verify(SignedCheckpoint(forged.adding(lies)), with: NativeCrypto.self)
        }
        // The honest tree, with the liars' cosignatures of a hundred years later in place of their first ones.
        let later = try liars.map { try $0.cosign(honest.verified, at: Logs.time(5_000_000_000)) }
        let refreshed = try policy.verify(
            SignedCheckpoint(honest.verified.adding(later)),
            with: NativeCrypto.self
        )
        let time = try #require(refreshed.witnessedAt)
        #expect(time < (try Logs.time(4_000_000_000)))
        #expect(refreshed.witnessedAt.map { $0 <= WallClock.now } == true)
    }

    @Test("witness clock set back: nothing is signed, and what was signed last stays")
    func clockSetBack() async throws {
        let clock = NIOLockedValueBox<UInt64>(1_790_000_000)
        let cosigner = try LocalWitnesses.cosigner(0)
        let keeper = WitnessKeeper(
            Witness(cosigner: cosigner, logs: [try #require(KnownLog(key: signer.key))]),
            in: DurableFolder(folder.path + "/clock", on: PosixDisk()),
            now: { CosignatureTime(clamping: Int(clock.withLockedValue { $0 })) }
        )
        await keeper.start()
        let log = TinyLog(signer, count: 40)
        #expect(await keeper.addCheckpoint(try log.request(from: 0, to: 10)).status == 200)
        clock.withLockedValue { $0 -= 3_600 }
        #expect(await keeper.addCheckpoint(try log.request(from: 10, to: 20)).status == 503)
        clock.withLockedValue { $0 += 3_600 }
        #expect(await keeper.addCheckpoint(try log.request(from: 10, to: 20)).status == 200)
    }
}

/// Some of the witnesses; the others aren't reached.
private struct ChosenWitnesses: HTTPExchange {
    let witnesses: LocalWitnesses
    let chosen: Set<Int>

    func get(_ url: String, longest: Int) async throws(HTTPFailure) -> HTTPReply { throw .badAddress }

    func post(_ body: [UInt8], to url: String, longest: Int) async throws(HTTPFailure) -> HTTPReply {
        guard chosen.contains(where: { url.hasPrefix("http://w\($0).") }) else { throw .tooLate }
        return try await witnesses.post(body, to: url, longest: longest)
    }
}
