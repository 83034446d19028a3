// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import TestSupport
import Testing
import Transport

/// Everything at random: what may never happen is checked by ``TestPeer`` for every datagram.
@Suite("Random schedules")
struct ScheduleTests {
    @Test(
        "never two packets under one SSRC and number, whatever happens in whatever order",
        arguments: 0..<24 as Range<UInt64>
    )
    func neverTwice(seed: UInt64) throws {
        var randomness = SeededRandomness(seed: seed)
        func chance(_ percent: UInt64) -> Bool { randomness.next() % 100 < percent }
        func pick(_ count: Int) -> Int { Int(randomness.next() % UInt64(count)) }

        let meeting = TestMeeting()
        let publisher = try meeting.makePeer()
        var viewers: [TestPeer] = []
        for _ in 0..<3 { viewers.append(try meeting.makePeer()) }
        let id = TestMeeting.camera()
        var ssrcs: [UInt32] = [50, 51, 52]
        var numbers: [UInt64] = [100, 65_500, 30_000]
        var sent: [[TestPacket]] = [[], [], []]
        meeting.publishCamera(id, from: publisher, encodings: TestMeeting.threeLayers)

        for step in 0..<3000 as Range<UInt64> {
            let layer = pick(3)
            switch randomness.next() % 100 {
            case 0..<60:
                if chance(8) { numbers[layer] += UInt64(pick(40)) }
                if chance(1) { numbers[layer] += 3000 }
                let packet = TestPacket.vp8(
                    numbers[layer],
                    key: chance(15),
                    start: chance(60),
                    pictureID: UInt16(step & 0x7FFF),
                    tl0: UInt8(step & 0xFF),
                    timestamp: UInt32(step * 1000),
                    ssrc: ssrcs[layer],
                    rid: ["q", "h", "f"][layer],
                    mark: step
                )
                numbers[layer] += 1
                sent[layer].append(packet)
                if !chance(15) { meeting.receive(packet, from: publisher) }
            case 60..<72:
                // Late, twice, or repaired; sometimes a liar: other bytes under an old number.
                guard var packet = sent[layer].suffix(200).randomElement(using: &randomness) else { continue }
                if chance(20) { packet.payload += [UInt8(truncatingIfNeeded: step)] }
                var repair = packet.asRepair(ssrc: ssrcs[layer] + 500, number: step)
                repair.rid = nil
                repair.repairedRid = ["q", "h", "f"][layer]
                meeting.receive(chance(50) ? packet : repair, from: publisher)
            case 72..<82: meeting.flush()
            case 82..<88:
                let viewer = viewers[pick(3)]
                let recent = viewer.media.last?.number ?? 0
                let lost = (0..<20).map { UInt16(truncatingIfNeeded: recent &- UInt64($0)) }
                meeting.receiveControl(
                    [.genericNACK(GenericNACK(senderSSRC: 1, mediaSSRC: 1000, lost: lost))],
                    from: viewer
                )
            case 88..<91:
                let wish = SimulcastLayer.allCases[pick(4)]
                meeting.router.setLayer(viewers[pick(3)].handle, id, wish)
            case 91..<94: meeting.subscribe(viewers[pick(3)], to: id, rtx: chance(50) ? 1001 : nil)
            case 94 where chance(40): meeting.router.unsubscribe(viewers[pick(3)].handle, id)
            case 95: meeting.router.setPaused(id, chance(15))
            case 96:
                ssrcs[layer] += 3
                numbers[layer] = UInt64(pick(70_000))
                sent[layer] = []
            case 97 where chance(30):
                meeting.router.unpublish(id)
                let count = 1 + pick(3)
                meeting.publishCamera(
                    id,
                    from: publisher,
                    encodings: Array(TestMeeting.threeLayers.prefix(count))
                )
                sent = [[], [], []]
            default: meeting.advance(.milliseconds(Int64(pick(200))))
            }
        }
        meeting.flush()
        // Enough happened to mean something.
        #expect(viewers.map(\.media.count).reduce(0, +) > 100)
        #expect(meeting.router.counters.received > 500)
    }
}
