// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import Governance
import GovernanceSupport
import NativeCrypto
import TestSupport
import Testing
import Transparency

/// Bundles as files, with the verdict that each must get: `Tests/Fixtures/governance`. `scripts/verify-order --cases` judges the same.
///
/// Made by ``make()`` (`VIGIL_MAKE_FIXTURES=1`). Names, keys and times are the same in every run; ECDSA signatures aren't.
@Suite("Bundles that others verify too")
struct VectorTests {
    private static let folder = "governance"

    @Test("every case gets its verdict")
    func cases() throws {
        if ProcessInfo.processInfo.environment["VIGIL_MAKE_FIXTURES"] != nil { try VectorTests.make() }
        let lines = try Fixtures.text("\(VectorTests.folder)/cases.txt").split(separator: "\n")
        #expect(lines.count > 50)
        for line in lines {
            let items = line.split(separator: " ", maxSplits: 6).map(String.init)
            var file = try Fixtures.bytes("\(VectorTests.folder)/\(items[0])")
            let change = items[5].split(separator: ":").compactMap { Int($0) }
            if change.count == 2 { file[change[0]] ^= UInt8(change[1]) }
            var stops: [Signed<Stop>] = []
            if items[4] != "none" { stops = [try Signed(parsing: Fixtures.bytes("\(VectorTests.folder)/\(items[4])"))] }
            let found = VectorTests.verdict(
                file,
                genesis: try #require(TreeHash(Hex.bytes(items[2]))),
                checkpoint: try Fixtures.bytes("\(VectorTests.folder)/\(items[1])"),
                now: try #require(UInt64(items[3])),
                stops: stops
            )
            #expect(found == items[6], "\(line)")
        }
    }

    /// `permit`, or the rule.
    private static func verdict(
        _ file: [UInt8],
        genesis: TreeHash,
        checkpoint: [UInt8],
        now: UInt64,
        stops: [Signed<Stop>]
    ) -> String {
        guard let signed = try? SignedCheckpoint(parsing: checkpoint), let time = CosignatureTime(seconds: now) else {
            return "unreadable checkpoint"
        }
        do {
            _ = try OrderBundle(parsing: file).verify(
                stops: stops,
                genesis: genesis,
                checkpoint: signed,
                now: time,
                with: RememberingCrypto.self
            )
            return "permit"
        } catch let refusal as PermitRefusal {
            return rule(refusal)
        } catch {
            return "format"
        }
    }

    /// The outermost word of a refusal: `range`, `approval`, `timeLocked`.
    private static func rule(_ refusal: PermitRefusal) -> String { String("\(refusal)".prefix { $0 != "(" }) }

    // Making them

    private static func make() throws {
        var lines: [String] = []
        func add(_ name: String, _ story: Story) throws {
            let file = try #require(try story.bundle().encoded)
            let checkpoint = try story.council.log.checkpoint(at: story.council.now)
            try Fixtures.write(file, to: "\(folder)/\(name).bundle")
            try Fixtures.write(checkpoint, to: "\(folder)/\(name).checkpoint")
            func line(_ now: UInt64, _ stop: String, _ change: String, _ changed: [UInt8], _ stops: [Signed<Stop>]) {
                let result = verdict(
                    changed,
                    genesis: story.council.genesis,
                    checkpoint: checkpoint,
                    now: now,
                    stops: stops
                )
                lines.append(
                    "\(name).bundle \(name).checkpoint \(story.council.genesis.text) \(now) \(stop) \(change) \(result)"
                )
            }
            let now = story.council.now
            for other in [now, now + 600, now + 601, now - 61, now + 40 * 86_400] {
                line(other, "none", "none", file, [])
            }
            let nonce = try story.nonceHash()
            let seat = story.council.passkeys["ada"] == nil ? "a-officer" : "ada"
            let halt = try story.council.stop(seat, .halt(nonce))
            try Fixtures.write(halt.text, to: "\(folder)/\(name).stop")
            line(now, "\(name).stop", "none", file, [halt])
            var randomness = SeededRandomness(seed: 4)
            for _ in 0..<24 {
                let offset = Int(randomness.next() % UInt64(file.count))
                let mask = UInt8(1) << UInt8(randomness.next() % 8)
                var changed = file
                changed[offset] ^= mask
                line(now, "none", "\(offset):\(mask)", changed, [])
            }
        }
        try add("eject", FlipTests.story())
        try add("disclose", Story.complete(.disclose))
        let early = Story(try Council())
        try early.approve(.suspend)
        try early.notify()
        early.wait(3_600)
        try add("suspend-early", early)
        try add("suspend", Story.complete(.suspend))
        let council = try Council()
        council.now += 8 * 86_400
        try council.amend()
        council.now += 14 * 86_400
        council.forgetMarks()
        try council.mark()
        council.now += 60
        let eject = try Story.complete(.eject, council: council, seed: 1)
        try eject.log(.executed, [(.order, eject.orderHash.text)])
        council.now += 600
        let end = try Story.complete(.endMeeting, council: council, seed: 2) {
            $0["narrower-order"] = eject.orderHash.text
        }
        end.narrower = eject.order
        try add("end-meeting", end)
        try add("executed", eject)
        let emergency = try Story.complete(.discloseEmergency)
        try add("emergency", emergency)
        let few = try Story.complete(.eject, by: ["alice", "ned", "frank"])
        try add("two-countries", few)
        try Fixtures.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "\(folder)/cases.txt")
    }
}
