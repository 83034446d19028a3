// SPDX-License-Identifier: Apache-2.0

import Base
import MallocCounter
import Routing
import Testing
import Transport

#if DEBUG
private let isOptimized = false
#else
private let isOptimized = true
#endif

/// From a packet's arrival to its sealed copies in the queue. Reports and timers may allocate: they come a few times a
/// second, whatever is sent.
@Suite(
    "Forwarding a packet allocates nothing",
    .enabled(if: vigil_counts_allocations() == 1, "under a sanitizer nothing is counted"),
    .enabled(
        if: isOptimized,
        "./test --full runs it on the optimised build, which is what is promised about"
    )
)
struct AllocationTests {
    /// A packet made beforehand, so that making it isn't counted.
    private struct Prepared {
        let bytes: [UInt8]
        let header: RTPHeader
        let number: UInt64

        init(_ packet: TestPacket) throws {
            bytes = packet.bytes
            header = try #require(bytes.withUnsafeBytes { RTPHeader.parse($0) })
            number = packet.number
        }
    }

    private let meeting = TestMeeting()
    private let publisher: TestPeer

    init() throws {
        publisher = try meeting.makePeer()
        meeting.transport = { _, _ in }
    }

    /// Forwards the packets, flushing after each, and returns what that allocated and how many datagrams came of it.
    private func forward(_ packets: [TestPacket]) throws -> (allocations: UInt64, sent: Int) {
        let prepared = try packets.map { try Prepared($0) }
        let (router, queue, peer, now) = (meeting.router, meeting.queue, publisher.handle, meeting.now)
        var sent = 0
        let before = vigil_thread_allocations()
        for packet in prepared {
            packet.bytes.withUnsafeBytes {
                router.receiveRTP(
                    $0,
                    header: packet.header,
                    extendedSequenceNumber: packet.number,
                    from: peer,
                    now: now
                )
            }
            router.flush(now: now, into: queue) {
                sent += queue.count
                queue.removeAll()
            }
            sent += queue.count
            queue.removeAll()
        }
        let allocations = vigil_thread_allocations() - before
        meeting.advance(.milliseconds(20))
        return (allocations, sent)
    }

    private func addViewers(_ count: Int, of track: TrackID) throws -> [TestPeer] {
        try (0..<count).map { index in
            let viewer = try meeting.makePeer()
            meeting.subscribe(viewer, to: track, ssrc: 1000 + UInt32(index) * 2, rtx: 1001 + UInt32(index) * 2)
            return viewer
        }
    }

    @Test("the counter counts")
    func counter() {
        let before = vigil_thread_allocations()
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 1)
        bytes.deallocate()
        #expect(vigil_thread_allocations() == before + 1)
    }

    @Test("voice")
    func voice() throws {
        meeting.publishMicrophone(from: publisher)
        _ = try addViewers(5, of: TestMeeting.microphone())
        _ = try forward((0..<100).map { .audio($0, level: 30) })
        for batch in 1..<20 as Range<UInt64> {
            let (allocations, sent) = try forward((batch * 100..<batch * 100 + 100).map { .audio($0, level: 30) })
            #expect(allocations == 0)
            #expect(sent == 500)
        }
    }

    @Test("simulcast video, with extensions and feedback numbers, each layer to a viewer of its own")
    func simulcast() throws {
        meeting.publishCamera(from: publisher, encodings: TestMeeting.threeLayers)
        let viewers = try addViewers(3, of: TestMeeting.camera())
        for (viewer, layer) in zip(viewers, [SimulcastLayer.low, .medium, .high]) {
            meeting.router.setLayer(viewer.handle, TestMeeting.camera(), layer)
        }
        var feedback: UInt16 = 0
        for batch in 0..<20 as Range<UInt64> {
            let packets = (batch * 40..<batch * 40 + 40).flatMap { number in
                (0..<3).map { layer in
                    var packet = TestPacket.vp8(
                        number,
                        key: number == 0,
                        pictureID: UInt16(number),
                        ssrc: UInt32(50 + layer),
                        rid: ["q", "h", "f"][layer]
                    )
                    feedback &+= 1
                    packet.transportSequenceNumber = feedback
                    return packet
                }
            }
            let (allocations, sent) = try forward(packets)
            guard batch > 1 else { continue }
            #expect(allocations == 0)
            #expect(sent == 120)
        }
    }

    @Test("what the publisher sends again")
    func repairs() throws {
        meeting.publishCamera(from: publisher)
        _ = try addViewers(3, of: TestMeeting.camera())
        _ = try forward([.vp8(0, key: true), .vp8(1)])
        for batch in 0..<20 as Range<UInt64> {
            let first = 2 + batch * 50
            let all = (first..<first + 50).map { TestPacket.vp8($0) }
            let lost = all.filter { $0.number % 10 == 5 }
            let repaired = lost.enumerated().map { $1.asRepair(ssrc: 11, number: 500 + batch * 5 + UInt64($0)) }
            let (allocations, sent) = try forward(all.filter { $0.number % 10 != 5 } + repaired)
            guard batch > 0 else { continue }
            #expect(allocations == 0)
            #expect(sent == 150)
        }
    }

    @Test("what a viewer asks for again, beyond reading the request")
    func resends() throws {
        meeting.publishCamera(from: publisher)
        let viewer = try addViewers(1, of: TestMeeting.camera())[0]
        var first: UInt64?
        meeting.transport = { peer, bytes in
            guard first == nil, peer === viewer else { return }
            first = UInt64(bytes[2]) << 8 | UInt64(bytes[3])
        }
        meeting.pass(.vp8(0, key: true), from: publisher)
        let start = try #require(first)
        for batch in 0..<20 as Range<UInt64> {
            _ = try forward((batch * 20 + 1..<batch * 20 + 21).map { .vp8($0) })
            let lost = (0..<10).map { UInt16(truncatingIfNeeded: start + batch * 20 + 1 + $0) }
            RTCPCompound.write([.genericNACK(GenericNACK(senderSSRC: 1, mediaSSRC: 1000, lost: lost))])
                .withUnsafeBytes { meeting.router.receiveRTCP($0, from: viewer.handle, now: meeting.now) }
            let before = vigil_thread_allocations()
            meeting.router.flush(now: meeting.now, into: meeting.queue) { meeting.queue.removeAll() }
            let allocations = vigil_thread_allocations() - before
            // Eight fit into the queue at once.
            #expect(meeting.queue.count == 2)
            meeting.queue.removeAll()
            #expect(batch == 0 || allocations == 0)
        }
    }
}
