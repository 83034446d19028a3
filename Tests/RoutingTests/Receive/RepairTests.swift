// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import Testing
import Transport

@Suite("Missing packets of a publisher")
struct RepairTests {
    let meeting = TestMeeting()
    let publisher: TestPeer
    let viewer: TestPeer

    init() throws {
        (publisher, viewer) = try meeting.makePair()
        meeting.subscribe(viewer, to: TestMeeting.camera())
        meeting.pass(.vp8(100, key: true), from: publisher)
        meeting.advance(.milliseconds(600))
        _ = publisher.takeControl()
    }

    @Test("a gap is asked for after a moment, and again until it comes")
    func asking() {
        meeting.pass(.vp8(103), from: publisher)
        meeting.advance(.milliseconds(4))
        #expect(TestPeer.nacks(publisher.takeControl()) == [])
        meeting.advance(.milliseconds(2))
        #expect(TestPeer.nacks(publisher.takeControl()) == [101, 102])
        meeting.advance(.milliseconds(65))
        #expect(TestPeer.nacks(publisher.takeControl()) == [101, 102])
        meeting.pass(.vp8(101), from: publisher)
        meeting.advance(.milliseconds(65))
        #expect(TestPeer.nacks(publisher.takeControl()) == [102])
        #expect(viewer.media.map(\.mark) == [100, 103, 101])
        #expect(viewer.media.map { $0.number - viewer.media[0].number } == [0, 3, 1])
    }

    @Test("mere reordering asks for nothing")
    func reordering() {
        meeting.pass(.vp8(102), from: publisher)
        meeting.advance(.milliseconds(3))
        meeting.pass(.vp8(101), from: publisher)
        meeting.advance(.milliseconds(200))
        #expect(TestPeer.nacks(publisher.takeControl()) == [])
        #expect(viewer.media.map(\.mark) == [100, 102, 101])
    }

    @Test("a retransmission goes back into its stream, once")
    func repair() {
        meeting.pass(.vp8(102), from: publisher)
        let lost = TestPacket.vp8(101)
        meeting.pass(lost.asRepair(ssrc: 11, number: 900), from: publisher)
        meeting.pass(lost.asRepair(ssrc: 11, number: 901), from: publisher)
        meeting.pass(lost, from: publisher)
        #expect(viewer.media.map(\.mark) == [100, 102, 101])
        #expect(meeting.router.counters.repaired == 1)
        #expect(meeting.router.counters.dropped == 2)
        // Probing with padding alone: neither a packet nor a fault.
        meeting.pass(TestPacket(ssrc: 11, number: 902, payloadType: 97, payload: []), from: publisher)
        #expect(viewer.media.count == 3)
    }

    @Test("what doesn't come after ten tries is given up and a keyframe is asked for")
    func givingUp() {
        meeting.pass(.vp8(102), from: publisher)
        var asked = 0
        for _ in 0..<200 {
            meeting.advance(.milliseconds(10))
            asked += TestPeer.nacks(publisher.control).count
            if !TestPeer.keyframeRequests(publisher.takeControl()).isEmpty { break }
        }
        #expect(asked == 10)
        #expect(meeting.router.counters.keyframesRequested == 1)
    }

    @Test("too many at once: a keyframe is asked for and nothing else")
    func flood() {
        meeting.pass(.vp8(100 + 300), from: publisher)
        #expect(TestPeer.keyframeRequests(publisher.takeControl()) == [10])
        meeting.advance(.milliseconds(100))
        #expect(TestPeer.nacks(publisher.takeControl()) == [])
    }

    @Test("a jump in the numbers is a new beginning, which viewers get without the gap")
    func jump() {
        meeting.pass(.vp8(20_000), from: publisher)
        #expect(TestPeer.keyframeRequests(publisher.takeControl()) == [10])
        #expect(viewer.media.count == 1)
        meeting.pass(.vp8(20_001, key: true), from: publisher)
        #expect(viewer.media.map(\.mark) == [100, 20_001])
        #expect(viewer.media[1].number == viewer.media[0].number + 1)
    }

    @Test("audio isn't asked for again, and a late packet still goes out")
    func audio() {
        meeting.publishMicrophone(from: publisher)
        meeting.subscribe(viewer, to: TestMeeting.microphone(), ssrc: 2000)
        _ = viewer.takeMedia()
        meeting.pass(.audio(5), from: publisher)
        meeting.pass(.audio(7), from: publisher)
        meeting.advance(.milliseconds(100))
        #expect(TestPeer.nacks(publisher.takeControl()) == [])
        meeting.pass(.audio(6), from: publisher)
        #expect(viewer.media.map(\.mark) == [5, 7, 6])
    }

    @Test("streams are known by mid and rid, and their repair by repaired rid")
    func binding() throws {
        let other = try meeting.makePeer()
        let id = TestMeeting.camera(2)
        meeting.publishCamera(id, from: other, encodings: TestMeeting.threeLayers)
        meeting.router.setLayer(viewer.handle, id, .low)
        meeting.subscribe(viewer, to: id, ssrc: 3000, rtx: 3001)
        _ = viewer.takeMedia()
        meeting.pass(.vp8(1, key: true, ssrc: 70), from: other)
        #expect(viewer.media.isEmpty)
        meeting.pass(.vp8(2, key: true, ssrc: 70, rid: "q"), from: other)
        meeting.pass(.vp8(4, ssrc: 70), from: other)
        var repair = TestPacket.vp8(3).asRepair(ssrc: 71, number: 1)
        repair.mid = "v"
        repair.repairedRid = "q"
        meeting.pass(repair, from: other)
        #expect(viewer.media.map(\.mark) == [2, 4, 3])
    }

    @Test("media sections that name different extensions read each other's packets all the same")
    func extensions() throws {
        let other = try meeting.makePeer()
        let id = TestMeeting.camera(2)
        meeting.publishCamera(id, from: other, encodings: TestMeeting.threeLayers)
        meeting.router.publish(
            PublishedTrack(
                id: TestMeeting.microphone(2),
                mid: "a",
                codecs: TestMeeting.audioCodecs,
                extensions: HeaderExtensionMap([(.mid, 1), (.audioLevel, 5)]),
                encodings: [PublishedEncoding()]
            ),
            from: other.handle
        )
        meeting.router.setLayer(viewer.handle, id, .low)
        meeting.subscribe(viewer, to: id, ssrc: 3000, rtx: 3001)
        _ = viewer.takeMedia()
        meeting.pass(.vp8(2, key: true, ssrc: 70, rid: "q"), from: other)
        #expect(viewer.media.map(\.mark) == [2])
    }
}
