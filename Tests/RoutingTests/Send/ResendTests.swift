// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import Testing
import Transport

@Suite("Packets that a viewer asks for again")
struct ResendTests {
    let meeting = TestMeeting()
    let publisher: TestPeer
    let viewer: TestPeer

    init() throws {
        (publisher, viewer) = try meeting.makePair()
    }

    func ask(_ numbers: [UInt64], ssrc: UInt32 = 1000) {
        let lost = numbers.map { UInt16(truncatingIfNeeded: $0) }
        meeting.receiveControl([.genericNACK(GenericNACK(senderSSRC: 1, mediaSSRC: ssrc, lost: lost))], from: viewer)
    }

    func pass(_ range: Range<UInt64>) {
        for number in range {
            meeting.pass(
                .vp8(number, key: number == range.lowerBound, pictureID: UInt16(number & 0x7FFF)),
                from: publisher
            )
        }
    }

    @Test("come as RTX: own SSRC and numbers, the original number in front, the same timestamp and payload")
    func rtx() {
        meeting.subscribe(viewer, to: TestMeeting.camera())
        pass(1..<11)
        let sent = viewer.takeMedia()
        ask([sent[3].number, sent[4].number, sent[8].number])
        let repairs = viewer.takeMedia()
        #expect(repairs.map(\.header.ssrc) == [1001, 1001, 1001])
        #expect(repairs.map(\.header.payloadType) == [107, 107, 107])
        #expect(repairs.map(\.number) == (0..<3).map { repairs[0].number + $0 })
        for (repair, original) in zip(repairs, [sent[3], sent[4], sent[8]]) {
            #expect(repair.payload.prefix(2) == [UInt8(original.number >> 8 & 0xFF), UInt8(original.number & 0xFF)])
            #expect(Array(repair.payload.dropFirst(2)) == original.payload)
            #expect(repair.header.timestamp == original.header.timestamp)
        }
    }

    @Test("come at most once in a round trip, and not for ever")
    func gating() {
        meeting.subscribe(viewer, to: TestMeeting.camera())
        pass(1..<3)
        let number = viewer.takeMedia()[1].number
        for _ in 0..<5 { ask([number, number]) }
        #expect(viewer.takeMedia().count == 1)
        var count = 1
        for _ in 0..<100 {
            meeting.advance(.milliseconds(50))
            ask([number])
            count += viewer.takeMedia().count
        }
        #expect(count == 10)
    }

    @Test("come as the very same bytes when there is no RTX")
    func plain() {
        meeting.subscribe(viewer, to: TestMeeting.camera(), rtx: nil)
        pass(1..<11)
        // The mid was on the first packets; meanwhile the viewer has reported and it no longer is.
        meeting.receiveControl(
            [.receiverReport(ReceiverReport(ssrc: 1, reports: [ReportBlock(ssrc: 1000, highestSequenceNumber: 1)]))],
            from: viewer
        )
        ask(viewer.media.map(\.number))
        #expect(viewer.media.count == 10)
        #expect(viewer.identicalResends == 10)
    }

    @Test("are nothing when they are forgotten, were never sent, or belong to nobody")
    func nothing() {
        meeting.subscribe(viewer, to: TestMeeting.camera())
        pass(1..<2000)
        let sent = viewer.takeMedia()
        ask([sent[0].number, sent[1998].number + 1, sent[0].number &- 5, sent[1998].number + 40_000])
        ask([sent[1990].number], ssrc: 77)
        #expect(viewer.takeMedia().isEmpty)
        ask([sent[1990].number])
        #expect(viewer.takeMedia().count == 1)
    }

    @Test("include those that found the queue full")
    func full() {
        meeting.subscribe(viewer, to: TestMeeting.camera())
        pass(1..<3)
        meeting.receive(.vp8(3), from: publisher)
        // Nobody drains: there is no room for anything.
        let blocked = TransmitQueue(capacity: 4096, maximumEntries: 1)
        _ = blocked.reserve(maximum: 10)
        blocked.commit(length: 10, peer: viewer.handle)
        meeting.router.flush(now: meeting.now, into: blocked) {}
        pass(4..<5)
        let numbers = viewer.takeMedia().map(\.number)
        #expect(numbers.count == 3)
        ask([numbers[1] + 1])
        let late = viewer.takeMedia()
        #expect(late.map(\.mark) == [3])
        #expect(late.map(\.header.ssrc) == [1000])
    }
}
