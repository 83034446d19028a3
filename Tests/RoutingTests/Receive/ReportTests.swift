// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import Testing
import Transport

@Suite("Reports and feedback")
struct ReportTests {
    let meeting = TestMeeting()
    let publisher: TestPeer
    let viewer: TestPeer

    init() throws {
        (publisher, viewer) = try meeting.makePair()
        meeting.subscribe(viewer, to: TestMeeting.camera())
    }

    @Test("a receiver report counts what was lost, how late things were and when the last sender report came")
    func receiverReport() throws {
        // 100 packets, every fourth lost, on a perfect clock.
        for number in 0..<100 as Range<UInt64> {
            if number % 4 != 1 { meeting.receive(.vp8(number + 65_500, key: number == 0), from: publisher) }
            if number == 98 {
                meeting.receiveControl(
                    [
                        .senderReport(
                            SenderReport(
                                ssrc: 10,
                                ntpTime: 0x1234_5678_9ABC_DEF0,
                                rtpTime: 0,
                                packetCount: 0,
                                octetCount: 0
                            )
                        )
                    ],
                    from: publisher
                )
            }
            meeting.now = meeting.now + Interval(nanoseconds: 33_333_333)
        }
        _ = publisher.takeControl()
        let reportedAt = meeting.now - Interval(nanoseconds: 2 * 33_333_333)
        var reports: [ReportBlock] = []
        while reports.isEmpty {
            meeting.advance(.milliseconds(1))
            for case .receiverReport(let report) in publisher.takeControl() { reports += report.reports }
        }
        let block = try #require(reports.last)
        #expect(block.ssrc == 10)
        #expect(block.highestSequenceNumber == 65_599)
        #expect(block.cumulativeLost == 25)
        #expect(block.jitter < 10)
        #expect(block.lastSenderReport == 0x5678_9ABC)
        let delay = (meeting.now - reportedAt).nanoseconds
        #expect(abs(Int64(block.delaySinceLastSenderReport) - delay * 65_536 / 1_000_000_000) < 70)
    }

    @Test("a viewer's sender report tells its own timestamps on the publisher's clock")
    func senderReport() throws {
        meeting.pass(.vp8(1000, key: true), from: publisher)
        let ntp: UInt64 = 3_900_000_000 << 32
        meeting.receiveControl(
            [.senderReport(SenderReport(ssrc: 10, ntpTime: ntp, rtpTime: 1000 * 3000, packetCount: 1, octetCount: 1))],
            from: publisher
        )
        meeting.advance(.seconds(2))
        let control = viewer.takeControl()
        var reports: [SenderReport] = []
        var names: [SourceDescription.Chunk] = []
        for packet in control {
            if case .senderReport(let report) = packet { reports.append(report) }
            if case .sourceDescription(let description) = packet { names += description.chunks }
        }
        let report = try #require(reports.last)
        #expect(report.ssrc == 1000)
        #expect(report.packetCount == 1)
        #expect(report.octetCount == 14)
        let seconds = Double(report.ntpTime - ntp) / 4_294_967_296
        let units = report.rtpTime &- viewer.media[0].header.timestamp
        #expect(abs(Double(units) / 90_000 - seconds) < 0.001)
        #expect(names.contains(.init(ssrc: 1000, canonicalName: TestMeeting.camera().participant.text)))
    }

    @Test("transport-wide feedback names what came and what didn't, seams included")
    func feedback() throws {
        var number: UInt16 = 65_530
        var sent: [UInt16: Bool] = [:]
        var told: [UInt16: Bool] = [:]
        for step in 0..<200 as Range<UInt64> {
            let arrives = step % 7 != 3 && step % 11 != 0 || step == 0
            sent[number] = arrives
            if arrives {
                var packet = TestPacket.vp8(step, key: step == 0)
                packet.transportSequenceNumber = number
                meeting.pass(packet, from: publisher)
            }
            number &+= 1
            meeting.advance(.milliseconds(5))
        }
        meeting.advance(.milliseconds(100))
        var counts: [UInt8] = []
        for case .transportFeedback(let feedback) in publisher.takeControl() {
            counts.append(feedback.feedbackCount)
            for (offset, delta) in feedback.deltas.enumerated() {
                let reported = feedback.baseSequenceNumber &+ UInt16(offset)
                #expect(told[reported] == nil)
                told[reported] = delta != nil
            }
        }
        // The last two were lost: nothing came after them that would tell.
        let expected = sent.filter { $0.key &- 65_530 < 198 }
        for (number, arrived) in expected { #expect(told[number] == arrived, "\(number)") }
        #expect(counts == (0..<UInt8(counts.count)).map { $0 })
        #expect((10...14).contains(counts.count))
    }

    @Test("quality follows loss: at once when worse, after a while when better; said only when it changed")
    func quality() {
        func second(_ lost: (UInt64) -> Bool, from start: UInt64) {
            for step in 0..<30 as Range<UInt64> {
                if !lost(step) { meeting.pass(.vp8(start + step, key: true), from: publisher) }
                meeting.advance(Interval(nanoseconds: 33_333_333))
            }
        }
        let id = TestMeeting.camera().participant
        second({ _ in false }, from: 0)
        second({ _ in false }, from: 30)
        #expect(meeting.events() == [.quality(id, .good)])
        second({ $0 % 4 == 1 }, from: 60)
        second({ $0 % 4 == 1 }, from: 90)
        #expect(meeting.events().last == .quality(id, .poor))
        for index in 4..<10 as Range<UInt64> { second({ _ in false }, from: index * 30) }
        #expect(meeting.events() == [.quality(id, .good)])
        #expect(meeting.router.pollEvent() == nil)
    }
}
