// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import Testing
import Transport

@Suite("Simulcast: one layer by request")
struct LayerSwitchTests {
    let meeting = TestMeeting()
    let publisher: TestPeer
    let viewer: TestPeer

    init() throws {
        (publisher, viewer) = try meeting.makePair(encodings: TestMeeting.threeLayers)
        meeting.router.setLayer(viewer.handle, TestMeeting.camera(), .low)
        meeting.subscribe(viewer, to: TestMeeting.camera())
    }

    /// Low 100…, medium 1000…, high 10000…: a mark tells which layer it was.
    func layer(_ index: Int, _ step: UInt64, key: Bool = false, start: Bool = true) -> TestPacket {
        let base: [UInt64] = [100, 1000, 10_000]
        var packet = TestPacket.vp8(
            base[index] + step,
            key: key,
            start: start,
            pictureID: UInt16(base[index] + step),
            tl0: UInt8(step & 0xFF),
            timestamp: UInt32(step * 3000) &+ UInt32(index) * 777_777,
            ssrc: UInt32(50 + index),
            rid: ["q", "h", "f"][index]
        )
        packet.mid = "v"
        return packet
    }

    func expectContinuous(_ media: [TestPeer.Media], sourceLocation: SourceLocation = #_sourceLocation) {
        for (before, after) in zip(media, media.dropFirst()) {
            #expect(after.number == before.number + 1, sourceLocation: sourceLocation)
            #expect(
                Int32(bitPattern: after.header.timestamp &- before.header.timestamp) > 0,
                sourceLocation: sourceLocation
            )
            #expect(after.pictureID == before.pictureID.map { ($0 + 1) & 0x7FFF }, sourceLocation: sourceLocation)
            #expect(after.tl0 == before.tl0.map { $0 &+ 1 }, sourceLocation: sourceLocation)
        }
    }

    @Test("the wished layer is switched to at its keyframe, without a gap, and the old one goes on till then")
    func switching() throws {
        for step in 0..<3 as Range<UInt64> {
            for index in 0..<3 { meeting.pass(layer(index, step, key: step == 0), from: publisher) }
            meeting.advance(.milliseconds(33))
        }
        #expect(viewer.media.map(\.mark) == [100, 101, 102])
        _ = publisher.takeControl()
        meeting.advance(.seconds(1))
        meeting.router.setLayer(viewer.handle, TestMeeting.camera(), .high)
        meeting.flush()
        #expect(TestPeer.keyframeRequests(publisher.takeControl()) == [52])
        for step in 3..<6 as Range<UInt64> {
            for index in 0..<3 { meeting.pass(layer(index, step), from: publisher) }
            meeting.advance(.milliseconds(33))
        }
        #expect(viewer.media.map(\.mark) == [100, 101, 102, 103, 104, 105])
        for step in 6..<9 as Range<UInt64> {
            for index in 0..<3 { meeting.pass(layer(index, step, key: step == 6 && index == 2), from: publisher) }
            meeting.advance(.milliseconds(33))
        }
        // The low packet of the same instant came first; from the keyframe on it is the high layer alone.
        #expect(viewer.media.map(\.mark) == [100, 101, 102, 103, 104, 105, 106, 10_006, 10_007, 10_008])
        expectContinuous(viewer.media)
        // The clock went on: the high layer's second frame is a frame's time after its first.
        let stamps = viewer.media.suffix(2).map(\.header.timestamp)
        #expect(stamps[1] &- stamps[0] == 3000)
    }

    @Test("a request that isn't answered is repeated every half second")
    func repetition() throws {
        for index in 0..<3 { meeting.pass(layer(index, 0, key: true), from: publisher) }
        meeting.router.setLayer(viewer.handle, TestMeeting.camera(), .medium)
        var asked = 0
        for step in 1..<60 as Range<UInt64> {
            for index in 0..<3 { meeting.pass(layer(index, step), from: publisher) }
            meeting.advance(.milliseconds(33))
            asked += TestPeer.keyframeRequests(publisher.takeControl()).filter { $0 == 51 }.count
        }
        #expect((3...5).contains(asked))
        #expect(viewer.media.allSatisfy { $0.mark < 1000 })
        meeting.pass(layer(1, 60, key: true), from: publisher)
        meeting.pass(layer(1, 61), from: publisher)
        #expect(viewer.media.suffix(2).map(\.mark) == [1060, 1061])
        expectContinuous(viewer.media)
    }

    @Test("a late packet of the former layer still gets the number that was kept for it")
    func latePacket() throws {
        meeting.pass(layer(0, 0, key: true), from: publisher)
        meeting.pass(layer(2, 0, key: true), from: publisher)
        meeting.pass(layer(0, 2), from: publisher)
        meeting.router.setLayer(viewer.handle, TestMeeting.camera(), .high)
        meeting.pass(layer(2, 1, key: true), from: publisher)
        meeting.pass(layer(0, 1), from: publisher)
        // Behind the switch: this one has no place any more.
        meeting.pass(layer(0, 3), from: publisher)
        let byNumber = viewer.takeMedia().sorted { $0.number < $1.number }
        #expect(byNumber.map(\.mark) == [100, 101, 102, 10_001])
        #expect(byNumber.map(\.number) == (0..<4).map { byNumber[0].number + $0 })
    }

    @Test("a keyframe whose first packet is overtaken is forwarded whole")
    func overtaken() throws {
        meeting.pass(layer(0, 0, key: true), from: publisher)
        meeting.pass(layer(1, 0), from: publisher)
        meeting.router.setLayer(viewer.handle, TestMeeting.camera(), .medium)
        meeting.pass(layer(1, 2, start: false), from: publisher)
        meeting.pass(layer(1, 3), from: publisher)
        #expect(viewer.takeMedia().map(\.mark) == [100])
        meeting.pass(layer(1, 1, key: true), from: publisher)
        #expect(viewer.takeMedia().map(\.mark) == [1001, 1002, 1003])
    }

    @Test("a layer that falls silent is replaced by the next below, and taken again when it returns")
    func silence() throws {
        meeting.router.setLayer(viewer.handle, TestMeeting.camera(), .high)
        for index in 0..<3 { meeting.pass(layer(index, 0, key: true), from: publisher) }
        for index in 0..<3 { meeting.pass(layer(index, 1, key: true), from: publisher) }
        #expect(viewer.media.last?.mark == 10_001)
        _ = publisher.takeControl()
        for step in 2..<60 as Range<UInt64> {
            for index in 0..<2 { meeting.pass(layer(index, step), from: publisher) }
            meeting.advance(.milliseconds(33))
        }
        #expect(TestPeer.keyframeRequests(publisher.takeControl()).contains(51))
        meeting.pass(layer(1, 60, key: true), from: publisher)
        #expect(viewer.media.last?.mark == 1060)
        // It is back: asked for at once.
        meeting.advance(.seconds(1))
        _ = publisher.takeControl()
        meeting.pass(layer(1, 61), from: publisher)
        meeting.pass(layer(2, 61), from: publisher)
        #expect(TestPeer.keyframeRequests(publisher.takeControl()) == [52])
        meeting.pass(layer(1, 62), from: publisher)
        meeting.pass(layer(2, 62, key: true), from: publisher)
        #expect(viewer.media.suffix(2).map(\.mark) == [1062, 10_062])
        expectContinuous(Array(viewer.media.suffix(3)))
    }

    @Test("off sends nothing; back on starts at a keyframe")
    func off() throws {
        meeting.pass(layer(0, 0, key: true), from: publisher)
        meeting.router.setLayer(viewer.handle, TestMeeting.camera(), .off)
        meeting.pass(layer(0, 1), from: publisher)
        #expect(viewer.media.map(\.mark) == [100])
        meeting.advance(.seconds(2))
        _ = publisher.takeControl()
        meeting.router.setLayer(viewer.handle, TestMeeting.camera(), .low)
        meeting.pass(layer(0, 60), from: publisher)
        #expect(TestPeer.keyframeRequests(publisher.takeControl()) == [50])
        #expect(viewer.media.map(\.mark) == [100])
        meeting.pass(layer(0, 61, key: true), from: publisher)
        #expect(viewer.media.map(\.mark) == [100, 161])
        expectContinuous(viewer.media)
        // The same stream's clock: sixty-one frames went by.
        #expect(viewer.media[1].header.timestamp &- viewer.media[0].header.timestamp == 61 * 3000)
    }

    @Test("with sender reports of both layers, timestamps keep to the publisher's clock")
    func clocks() throws {
        for index in 0..<3 { meeting.pass(layer(index, 0, key: true), from: publisher) }
        let ntp: UInt64 = 3_900_000_000 << 32
        for index in 0..<3 as Range<UInt32> {
            meeting.receiveControl(
                [
                    .senderReport(
                        SenderReport(
                            ssrc: 50 + index,
                            ntpTime: ntp,
                            rtpTime: index &* 777_777,
                            packetCount: 1,
                            octetCount: 1
                        )
                    )
                ],
                from: publisher
            )
        }
        meeting.router.setLayer(viewer.handle, TestMeeting.camera(), .high)
        // Late by 300 ms on the way, but the frame was taken one frame after the first.
        meeting.advance(.milliseconds(300))
        meeting.pass(layer(2, 1, key: true), from: publisher)
        #expect(viewer.media.map(\.mark) == [100, 10_001])
        let step = viewer.media[1].header.timestamp &- viewer.media[0].header.timestamp
        #expect((2999...3001).contains(step))
    }
}
