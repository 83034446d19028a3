// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import Testing
import Transport

@Suite("What a viewer is sent")
struct RewritingTests {
    @Test("numbers go on without a gap while the publisher's wrap")
    func wraps() throws {
        let meeting = TestMeeting()
        let (publisher, viewer) = try meeting.makePair()
        meeting.subscribe(viewer, to: TestMeeting.camera())
        let start: UInt64 = 65_000
        for number in start..<(start + 70_000) {
            meeting.receive(
                .vp8(
                    number,
                    key: number == start,
                    pictureID: UInt16(truncatingIfNeeded: number) & 0x7FFF,
                    tl0: UInt8(truncatingIfNeeded: number)
                ),
                from: publisher
            )
            if number % 4 == 0 { meeting.flush() }
        }
        meeting.flush()
        let media = viewer.takeMedia()
        try #require(media.count == 70_000)
        let first = media[0]
        #expect(first.number < 0x8000)
        for (index, packet) in media.enumerated() {
            let step = UInt64(index)
            guard packet.number == first.number + step, packet.header.ssrc == 1000, packet.header.payloadType == 106,
                packet.header.timestamp == first.header.timestamp &+ UInt32(truncatingIfNeeded: step * 3000),
                packet.pictureID == UInt16((UInt64(first.pictureID ?? 0) + step) & 0x7FFF),
                packet.tl0 == UInt8(truncatingIfNeeded: UInt64(first.tl0 ?? 0) + step), packet.mark == start + step
            else {
                Issue.record("packet \(index) is wrong: \(packet)")
                return
            }
        }
    }

    @Test("the mid is sent until the viewer reports, and the audio level goes through")
    func extensions() throws {
        let meeting = TestMeeting()
        let publisher = try meeting.makePeer()
        let viewer = try meeting.makePeer()
        meeting.publishMicrophone(from: publisher)
        meeting.subscribe(viewer, to: TestMeeting.microphone(), ssrc: 2000)
        meeting.pass(.audio(7, level: 0x80 | 33), from: publisher)
        let first = try #require(viewer.takeMedia().first)
        #expect(first.mid == "0")
        #expect(first.audioLevel == 33)
        #expect(first.header.payloadType == 111)
        #expect(first.mark == 7)
        meeting.receiveControl(
            [.receiverReport(ReceiverReport(ssrc: 9, reports: [ReportBlock(ssrc: 2000, highestSequenceNumber: 1)]))],
            from: viewer
        )
        meeting.pass(.audio(8, level: 34), from: publisher)
        let second = try #require(viewer.takeMedia().first)
        #expect(second.mid == nil)
        #expect(second.audioLevel == 34)
        meeting.pass(.audio(9), from: publisher)
        let third = try #require(viewer.takeMedia().first)
        #expect(third.header.extensionLength == 0)
        #expect(third.mark == 9)
    }

    @Test("padding and contributing sources stay behind")
    func padding() throws {
        let meeting = TestMeeting()
        let (publisher, viewer) = try meeting.makePair()
        meeting.subscribe(viewer, to: TestMeeting.camera())
        meeting.pass(.vp8(1, key: true), from: publisher)
        var bytes = TestPacket.vp8(2).bytes
        bytes[0] |= 0x21
        bytes.insert(contentsOf: [1, 2, 3, 4], at: 12)
        bytes += [0, 0, 3]
        meeting.receive(bytes, number: 2, from: publisher)
        meeting.flush()
        let media = viewer.takeMedia()
        try #require(media.count == 2)
        #expect(!media[1].header.hasPadding)
        #expect(media[1].payload == TestPacket.vp8(2, pictureID: 1, tl0: 1).payload)
        #expect(media[0].pictureID == 1)
    }

    @Test("each viewer has numbers of their own")
    func viewers() throws {
        let meeting = TestMeeting()
        let publisher = try meeting.makePeer()
        let viewers = try (0..<3).map { _ in try meeting.makePeer() }
        meeting.publishCamera(from: publisher)
        for (index, viewer) in viewers.enumerated() {
            meeting.subscribe(
                viewer,
                to: TestMeeting.camera(),
                ssrc: 1000 + UInt32(index) * 2,
                rtx: 1001 + UInt32(index) * 2
            )
        }
        for number in 1...5 { meeting.receive(.vp8(UInt64(number), key: number == 1), from: publisher) }
        meeting.flush()
        let media = viewers.map { $0.takeMedia() }
        #expect(media.allSatisfy { $0.map(\.mark) == [1, 2, 3, 4, 5] })
        #expect(Set(media.map { $0[0].number }).count == 3)
        #expect(Set(media.map { $0[0].header.timestamp }).count == 3)
    }

    @Test("a packet of a codec that the viewer didn't take is not sent")
    func codec() throws {
        let meeting = TestMeeting()
        let (publisher, viewer) = try meeting.makePair()
        meeting.router.subscribe(
            viewer.handle,
            to: SubscribedTrack(
                id: TestMeeting.camera(),
                mid: "0",
                ssrc: 1,
                rtxSSRC: nil,
                codecs: [NegotiatedCodec(codec: .vp8, payloadType: 100)],
                extensions: TestMeeting.viewerMap
            )
        )
        var packet = TestPacket(number: 1, payloadType: 98, payload: [0x88, 0, 0, 1])
        meeting.pass(packet, from: publisher)
        #expect(viewer.takeMedia().isEmpty)
        packet = .vp8(2, key: true)
        meeting.pass(packet, from: publisher)
        #expect(viewer.takeMedia().map(\.mark) == [2])
    }

    @Test("VP9's picture id goes on as well")
    func vp9() throws {
        let meeting = TestMeeting()
        let (publisher, viewer) = try meeting.makePair()
        meeting.subscribe(viewer, to: TestMeeting.camera())
        for (number, pictureID) in [(1, 0x7FFF), (2, 0), (3, 1)] {
            let predicted: UInt8 = number == 1 ? 0 : 0x40
            // I, B, E; 15 bits of picture id.
            let payload = [0x8C | predicted, UInt8(pictureID >> 8) | 0x80, UInt8(pictureID & 0xFF), 0xEE]
            meeting.pass(TestPacket(number: UInt64(number), payloadType: 98, payload: payload), from: publisher)
        }
        let ids = viewer.takeMedia().map { packet in
            packet.payload.withUnsafeBytes { VP9Descriptor.parse($0)?.counters.pictureID }
        }
        #expect(ids == [1, 2, 3])
    }
}
