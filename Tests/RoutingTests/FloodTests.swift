// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import TestSupport
import Testing
import Transport

@Suite("Floods and garbage")
struct FloodTests {
    @Test("without a flush the oldest pending packets go, and the viewer can still ask for them")
    func pending() throws {
        let meeting = TestMeeting()
        let (publisher, viewer) = try meeting.makePair()
        meeting.subscribe(viewer, to: TestMeeting.camera())
        meeting.pass(.vp8(1, key: true), from: publisher)
        for number in 2...901 as ClosedRange<UInt64> { meeting.receive(.vp8(number), from: publisher) }
        meeting.flush()
        #expect(viewer.media.map(\.mark) == [1] + Array(646...901))
        let missing = UInt16(truncatingIfNeeded: viewer.media[0].number + 300)
        _ = viewer.takeMedia()
        meeting.receiveControl(
            [.genericNACK(GenericNACK(senderSSRC: 1, mediaSSRC: 1000, lost: [missing]))],
            from: viewer
        )
        #expect(viewer.media.map(\.mark) == [301])
    }

    @Test("strangers' SSRCs, with and without names, don't disturb the streams in use")
    func strangers() throws {
        let meeting = TestMeeting()
        let (publisher, viewer) = try meeting.makePair(encodings: TestMeeting.threeLayers)
        meeting.router.setLayer(viewer.handle, TestMeeting.camera(), .low)
        meeting.subscribe(viewer, to: TestMeeting.camera())
        for ssrc in 100..<5000 as Range<UInt32> {
            meeting.receive(.vp8(1, key: true, ssrc: ssrc), from: publisher)
            meeting.receive(.vp8(1, key: true, ssrc: ssrc, rid: "x"), from: publisher)
            meeting.receive(.vp8(1, key: true, ssrc: ssrc, rid: "h"), from: publisher)
        }
        // One was taken for the medium layer, another for its restart; the others came too soon after that.
        #expect(meeting.router.counters.received == 2)
        meeting.pass(.vp8(7, key: true, ssrc: 50, rid: "q"), from: publisher)
        meeting.pass(.vp8(8, ssrc: 50, rid: "q"), from: publisher)
        #expect(viewer.media.suffix(2).map(\.mark) == [7, 8])
    }

    @Test("peers, tracks and viewers are bounded; what is beyond is refused and counted")
    func limits() throws {
        var limits = RouterLimits()
        limits.peers = 3
        limits.tracksPerPublisher = 2
        limits.tracksPerViewer = 2
        let meeting = TestMeeting(limits: limits)
        let publisher = try meeting.makePeer()
        for number in 1...3 as ClosedRange<UInt64> {
            meeting.publishCamera(TestMeeting.camera(number), from: publisher, encodings: [PublishedEncoding()])
        }
        #expect(meeting.router.counters.refused == 1)
        let viewer = try meeting.makePeer()
        for number in 1...3 as ClosedRange<UInt32> {
            meeting.subscribe(
                viewer,
                to: TestMeeting.camera(UInt64(number)),
                ssrc: number * 10,
                rtx: number * 10 + 1
            )
        }
        #expect(meeting.router.counters.refused == 2)
        _ = try meeting.makePeer()
        _ = try meeting.makePeer()
        #expect(meeting.router.counters.refused == 3)
    }

    @Test("garbage for media and control is dropped without harm")
    func garbage() throws {
        let meeting = TestMeeting()
        let (publisher, viewer) = try meeting.makePair()
        meeting.publishMicrophone(from: publisher)
        meeting.subscribe(viewer, to: TestMeeting.camera())
        meeting.subscribe(viewer, to: TestMeeting.microphone(), ssrc: 2000)
        meeting.pass(.vp8(1, key: true), from: publisher)
        meeting.pass(.audio(1), from: publisher)
        var randomness = SeededRandomness(seed: 11)
        let templates: [[UInt8]] = [
            RTCPCompound.write([.genericNACK(GenericNACK(senderSSRC: 1, mediaSSRC: 1000, lost: [1, 2, 3]))]),
            RTCPCompound.write([
                .receiverReport(
                    ReceiverReport(
                        ssrc: 1,
                        reports: [ReportBlock(ssrc: 1000, highestSequenceNumber: .max)]
                    )
                ),
                .pictureLossIndication(PictureLossIndication(senderSSRC: 1, mediaSSRC: 1000)),
            ]),
            RTCPCompound.write([
                .senderReport(
                    SenderReport(ssrc: 10, ntpTime: .max, rtpTime: .max, packetCount: .max, octetCount: .max)
                )
            ]),
        ]
        for _ in 0..<20_000 {
            var bytes = templates[Int(randomness.next() % 3)]
            for _ in 0..<(randomness.next() % 6) {
                bytes[Int(randomness.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: randomness.next())
            }
            bytes = Array(bytes.prefix(Int(randomness.next() % UInt64(bytes.count + 1))))
            let peer = randomness.next() % 2 == 0 ? publisher : viewer
            bytes.withUnsafeBytes { meeting.router.receiveRTCP($0, from: peer.handle, now: meeting.now) }
            var packet = TestPacket.vp8(randomness.next() % 70_000).bytes
            for _ in 0..<(randomness.next() % 6) {
                packet[Int(randomness.next() % UInt64(packet.count))] = UInt8(truncatingIfNeeded: randomness.next())
            }
            packet = Array(packet.prefix(Int(randomness.next() % UInt64(packet.count + 1))))
            packet.withUnsafeBytes { buffer in
                guard let header = RTPHeader.parse(buffer) else { return }
                let number =
                    randomness.next() % 16 == 0
                    ? randomness.next() : (randomness.next() % 3) << 16 | UInt64(header.sequenceNumber)
                meeting.router.receiveRTP(
                    buffer,
                    header: header,
                    extendedSequenceNumber: number,
                    from: publisher.handle,
                    now: meeting.now
                )
            }
            if randomness.next() % 8 == 0 { meeting.flush() }
            if randomness.next() % 32 == 0 { meeting.advance(.milliseconds(Int64(randomness.next() % 50))) }
        }
        // Someone who is gone, or never was.
        meeting.router.detach(publisher.handle)
        meeting.router.detach(PeerHandle(index: 99))
        meeting.pass(.vp8(5), from: publisher)
        meeting.advance(.seconds(10))
    }

    @Test("a quiet meeting has nothing to wait for but its reports")
    func quiet() throws {
        let meeting = TestMeeting()
        #expect(meeting.router.nextDeadline == nil)
        let publisher = try meeting.makePeer()
        #expect(meeting.router.nextDeadline == nil)
        meeting.publishCamera(from: publisher)
        meeting.pass(.vp8(1, key: true), from: publisher)
        meeting.router.detach(publisher.handle)
        meeting.advance(.seconds(10))
        #expect(meeting.router.nextDeadline == nil)
    }
}
