// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import Testing
import Transport

@Suite("Keyframes on request")
struct KeyframeTests {
    let meeting = TestMeeting()
    let publisher: TestPeer

    init() throws {
        publisher = try meeting.makePeer()
        meeting.publishCamera(from: publisher)
    }

    private func requests() -> Int { TestPeer.keyframeRequests(publisher.takeControl()).count }

    @Test("a new viewer's video starts at a keyframe, asked for at once")
    func newViewer() throws {
        let first = try meeting.makePeer()
        meeting.pass(.vp8(1, key: true), from: publisher)
        #expect(requests() == 0)
        meeting.subscribe(first, to: TestMeeting.camera())
        meeting.flush()
        #expect(requests() == 1)
        meeting.pass(.vp8(2), from: publisher)
        #expect(first.media.isEmpty)
        meeting.pass(.vp8(3, key: true, end: false), from: publisher)
        meeting.pass(.vp8(4, start: false), from: publisher)
        #expect(first.media.map(\.mark) == [3, 4])
        meeting.advance(.seconds(2))
        #expect(requests() == 0)
    }

    @Test("a key frame that only the dependency descriptor tells of starts the video")
    func dependencyDescriptor() throws {
        let viewer = try meeting.makePeer()
        meeting.subscribe(viewer, to: TestMeeting.camera())
        var hidden = TestPacket.vp8(1)
        // Start and end of frame 1, no structure: a frame like others.
        hidden.dependencyDescriptor = [0xC0, 0, 1]
        meeting.pass(hidden, from: publisher)
        #expect(viewer.media.isEmpty)
        hidden = .vp8(2)
        // With a template structure attached.
        hidden.dependencyDescriptor = [0xC0, 0, 2, 0x80, 0]
        meeting.pass(hidden, from: publisher)
        #expect(viewer.media.map(\.mark) == [2])
    }

    @Test("subscribed before the keys and before the track: it works out")
    func anyOrder() throws {
        let viewer = try meeting.makePeer()
        meeting.subscribe(viewer, to: TestMeeting.camera(5))
        let late = try meeting.makePeer()
        meeting.publishCamera(TestMeeting.camera(5), from: late)
        meeting.pass(.vp8(1, key: true), from: late)
        #expect(viewer.media.map(\.mark) == [1])
    }

    @Test("the wishes of many viewers within half a second are one request")
    func merging() throws {
        let viewers = try (0..<5).map { _ in try meeting.makePeer() }
        for (index, viewer) in viewers.enumerated() {
            meeting.subscribe(
                viewer,
                to: TestMeeting.camera(),
                ssrc: UInt32(100 + 2 * index),
                rtx: UInt32(101 + 2 * index)
            )
        }
        meeting.pass(.vp8(1, key: true), from: publisher)
        meeting.advance(.seconds(1))
        _ = requests()
        for (index, viewer) in viewers.enumerated() {
            let ssrc = UInt32(100 + 2 * index)
            let wish: RTCPPacket =
                index % 2 == 0
                ? .pictureLossIndication(PictureLossIndication(senderSSRC: 1, mediaSSRC: ssrc))
                : .fullIntraRequest(
                    FullIntraRequest(senderSSRC: 1, entries: [.init(ssrc: ssrc, sequenceNumber: 1)])
                )
            meeting.receiveControl([wish], from: viewer)
            meeting.advance(.milliseconds(20))
        }
        #expect(requests() == 1)
        meeting.pass(.vp8(2, key: true), from: publisher)
        // Asked again right after: it waits for its time, then it is asked.
        meeting.receiveControl(
            [.pictureLossIndication(PictureLossIndication(senderSSRC: 1, mediaSSRC: 100))],
            from: viewers[0]
        )
        #expect(requests() == 0)
        meeting.advance(.milliseconds(400))
        #expect(requests() == 1)
        meeting.advance(.milliseconds(500))
        #expect(requests() == 1)
        meeting.pass(.vp8(3, key: true), from: publisher)
        meeting.advance(.seconds(3))
        #expect(requests() == 0)
    }

    @Test("a paused track sends nothing, and goes on at a keyframe without a gap")
    func pause() throws {
        let viewer = try meeting.makePeer()
        meeting.subscribe(viewer, to: TestMeeting.camera())
        meeting.pass(.vp8(1, key: true), from: publisher)
        meeting.receive(.vp8(2), from: publisher)
        meeting.router.setPaused(TestMeeting.camera(), true)
        meeting.flush()
        meeting.pass(.vp8(3), from: publisher)
        meeting.pass(.vp8(4, key: true), from: publisher)
        meeting.receiveControl(
            [.pictureLossIndication(PictureLossIndication(senderSSRC: 1, mediaSSRC: 1000))],
            from: viewer
        )
        meeting.advance(.seconds(1))
        #expect(viewer.media.map(\.mark) == [1])
        _ = requests()
        meeting.router.setPaused(TestMeeting.camera(), false)
        meeting.flush()
        #expect(requests() == 1)
        meeting.pass(.vp8(5), from: publisher)
        meeting.pass(.vp8(6, key: true), from: publisher)
        #expect(viewer.media.map(\.mark) == [1, 6])
        #expect(viewer.media[1].number == viewer.media[0].number + 1)
        #expect(viewer.media[1].header.timestamp &- viewer.media[0].header.timestamp == 5 * 3000)
    }

    @Test("paused audio is silent at once and back at once")
    func pausedAudio() throws {
        let viewer = try meeting.makePeer()
        meeting.publishMicrophone(from: publisher)
        meeting.subscribe(viewer, to: TestMeeting.microphone(), ssrc: 5)
        meeting.pass(.audio(1), from: publisher)
        meeting.router.setPaused(TestMeeting.microphone(), true)
        meeting.pass(.audio(2), from: publisher)
        meeting.router.setPaused(TestMeeting.microphone(), false)
        meeting.pass(.audio(3), from: publisher)
        #expect(viewer.media.map(\.mark) == [1, 3])
        #expect(viewer.media[1].number == viewer.media[0].number + 1)
    }

    @Test("a publisher who starts over with other SSRCs goes on in the same numbers")
    func restart() throws {
        let viewer = try meeting.makePeer()
        meeting.subscribe(viewer, to: TestMeeting.camera())
        meeting.pass(.vp8(40_000, key: true, pictureID: 77), from: publisher)
        meeting.advance(.milliseconds(100))
        meeting.publishCamera(from: publisher, encodings: [PublishedEncoding(ssrc: 90, rtxSSRC: 91)])
        meeting.pass(.vp8(3, ssrc: 90), from: publisher)
        meeting.pass(.vp8(4, key: true, pictureID: 12, ssrc: 90), from: publisher)
        // The former source is nobody's any more.
        meeting.pass(.vp8(40_001, ssrc: 10), from: publisher)
        #expect(viewer.media.map(\.mark) == [40_000, 4])
        #expect(viewer.media[1].number == viewer.media[0].number + 1)
        #expect(viewer.media[1].pictureID == viewer.media[0].pictureID.map { $0 + 1 })
        #expect(viewer.media[1].header.timestamp &- viewer.media[0].header.timestamp == 9000)
    }

    @Test("a publisher who leaves and returns on another connection is seen again; the others notice nothing")
    func leaveAndReturn() throws {
        let viewer = try meeting.makePeer()
        let other = try meeting.makePeer()
        meeting.publishCamera(TestMeeting.camera(2), from: other)
        meeting.subscribe(viewer, to: TestMeeting.camera(1), ssrc: 1000, rtx: 1001)
        meeting.subscribe(viewer, to: TestMeeting.camera(2), ssrc: 2000, rtx: 2001)
        meeting.receive(.vp8(1, key: true), from: publisher)
        meeting.receive(.vp8(500, key: true), from: other)
        meeting.router.detach(publisher.handle)
        meeting.pass(.vp8(501), from: other)
        meeting.pass(.vp8(2), from: publisher)
        let returned = try meeting.makePeer()
        meeting.publishCamera(TestMeeting.camera(1), from: returned)
        meeting.pass(.vp8(9, key: true), from: returned)
        meeting.pass(.vp8(502), from: other)
        #expect(viewer.media.filter { $0.header.ssrc == 2000 }.map(\.mark) == [500, 501, 502])
        #expect(viewer.media.filter { $0.header.ssrc == 1000 }.map(\.mark) == [9])
    }

    @Test("an SSRC used again under the same key goes on where it stopped")
    func reusedSSRC() throws {
        let viewer = try meeting.makePeer()
        for round in 0..<3 as Range<UInt64> {
            meeting.subscribe(viewer, to: TestMeeting.camera())
            meeting.pass(.vp8(1 + round, key: true), from: publisher)
            meeting.router.unsubscribe(viewer.handle, TestMeeting.camera())
        }
        #expect(viewer.media.map(\.mark) == [1, 2, 3])
        let numbers = viewer.media.map(\.number)
        #expect(numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2])
        // Two tracks at once under one SSRC are refused.
        meeting.subscribe(viewer, to: TestMeeting.camera())
        meeting.subscribe(viewer, to: TestMeeting.camera(2), ssrc: 1001, rtx: 1002)
        #expect(meeting.router.counters.refused == 1)
    }
}
