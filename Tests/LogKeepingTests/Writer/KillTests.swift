// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import LogKeeping
import LogProcess
import NativeCrypto
import TestSupport
import Testing
import Transparency

/// A real process appends to a log on the real disk, under three real witnesses, and is killed again and again.
@Suite("The log's process, killed", .serialized)
struct KillTests {
    /// `./test --full` asks for a thousand.
    private static let kills = ProcessInfo.processInfo.environment["VIGIL_KILLS"].flatMap { Int($0) } ?? 20
    /// Entries that are submitted in one life, beside those that an earlier life left without an answer.
    private static let perLife = 40

    private let folder: TemporaryFolder
    private let key: VerifierKey
    private let witnesses: [RunningWitness]
    private let policyPath: String
    private let policy: TrustPolicy

    init() throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        var randomness = SystemRandomness()
        // Makes the key, and lets go of the folder.
        key = try OwnedLog(folder.path + "/log", origin: "kill.example/log", randomness: &randomness).signer.key
        let key = key
        let witnesses = try (0..<3).map { try RunningWitness("w\($0).example", of: key, in: folder) }
        self.witnesses = witnesses
        var text = "log \(key.text)\n"
        for (number, witness) in witnesses.enumerated() {
            text += "witness w\(number) \(witness.key.text) \(witness.url)\n"
        }
        text += "group g 2 w0 w1 w2\nquorum g\n"
        policyPath = try folder.write(text, to: "policy")
        policy = try TrustPolicy(parsing: Array(text.utf8), with: NativeCrypto.self)
    }

    /// One life of the process.
    /// - Returns: where each number's entry is, as the process said, and whether it was killed before it had ended.
    private func live(_ numbers: [Int], killAfter: Duration?) throws -> (places: [Int: UInt64], isKilled: Bool) {
        let input = try folder.write(numbers.map { "\($0)\n" }.joined(), to: "numbers")
        let program = try Program("LogProcess", ["append", folder.path + "/log", policyPath], input: input)
        var isKilled = false
        if let killAfter {
            // Chance, not a condition: whatever moment it is, the outcome must be right.
            usleep(UInt32(killAfter / .microseconds(1)))
            isKilled = program.killNow()
        }
        var places: [Int: UInt64] = [:]
        // What a dead process wrote is still in the pipe.
        for line in program.lines() {
            let words = line.split(separator: " ")
            if words.count == 2, let number = Int(words[0]), let place = UInt64(words[1]) { places[number] = place }
        }
        if killAfter == nil { #expect(program.wait() == 0) }
        return (places, isKilled)
    }

    @Test("no acknowledged entry is lost, none is doubled, the log goes on, and the witnesses agree")
    func kills() async throws {
        let start = ContinuousClock.now
        var places = try live(Array(0..<Self.perLife), killAfter: nil).places
        // Moments within the life of a process that isn't killed, with its beginning.
        let life = ContinuousClock.now - start
        #expect(places.count == Self.perLife)
        var next = Self.perLife
        var open: [Int] = []
        var kills = 0
        var randomness = SeededRandomness(seed: UInt64.random(in: 0...UInt64.max))
        while kills < Self.kills {
            // Lives that end early leave much open: not more than one life can take.
            if open.count < 5 * Self.perLife {
                open += next..<next + Self.perLife
                next += Self.perLife
            }
            let moment = life * Double.random(in: 0...1.1, using: &randomness)
            let (said, isKilled) = try live(open, killAfter: moment)
            if isKilled { kills += 1 }
            for (number, place) in said {
                #expect(places[number] == nil || places[number] == place)
                places[number] = place
            }
            open.removeAll { said[$0] != nil }
        }
        for (number, place) in try live(open, killAfter: nil).places { places[number] = place }
        #expect(places.count == next)

        var randomness2 = SystemRandomness()
        let log = try OwnedLog(folder.path + "/log", origin: nil, randomness: &randomness2)
        let published = try #require(try log.store.read(.checkpoint))
        let cosigned = try policy.verify(SignedCheckpoint(parsing: published), with: NativeCrypto.self)
        #expect(cosigned.head.size == UInt64(next))
        var entries: [[UInt8]] = []
        while UInt64(entries.count) < cosigned.head.size {
            let bundle = try #require(TileMath.bundle(of: UInt64(entries.count), size: cosigned.head.size))
            entries += try EntryBundle.decode(try #require(try log.store.read(.entries(bundle))), width: bundle.width)
        }
        #expect(Set(entries).count == next)
        for (number, place) in places { #expect(entries[Int(place)] == (try NumberedEntry.make(number).encoded)) }

        // What the witnesses hold, against the whole tree.
        let exchange = NetworkExchange()
        var views: [CheckpointView] = []
        for witness in witnesses {
            let path = cosigned.origin.hash(with: NativeCrypto.self) + "/checkpoint"
            let bytes = try await LogSource(witness.url, over: exchange).fetch(path: path, longest: SignedNote.longest)
            views.append(CheckpointView(name: witness.url, bytes: try #require(bytes)))
        }
        var monitor = Monitor<NativeCrypto>(policy: policy, views: views, now: WallClock.now)
        var action = monitor.start()
        while case .fetch(let resources) = action {
            action = monitor.handle(try resources.map { try log.store.read($0) })
        }
        #expect(monitor.findings.map(\.text) == [])
        #expect(monitor.cosignatures.count >= 2)
    }
}
