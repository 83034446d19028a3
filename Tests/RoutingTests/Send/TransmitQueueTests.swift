// SPDX-License-Identifier: Apache-2.0

import Routing
import Testing

@Suite("The transmit queue")
struct TransmitQueueTests {
    @Test("datagrams lie back to back, and an uncommitted reservation costs nothing")
    func contiguous() throws {
        let queue = TransmitQueue(capacity: 4096, maximumEntries: 4)
        for length in [100, 100, 40] {
            let room = try #require(queue.reserve(maximum: 1600))
            room.storeBytes(of: UInt8(length), as: UInt8.self)
            queue.commit(length: length, peer: PeerHandle(index: Int32(length)))
        }
        _ = queue.reserve(maximum: 1600)
        #expect(queue.entries.map(\.offset) == [0, 100, 200])
        #expect(queue.entries.map(\.length) == [100, 100, 40])
        #expect(queue.entries.map { queue.datagram($0)[0] } == [100, 100, 40])
        queue.removeAll()
        #expect(queue.isEmpty)
    }

    @Test("it is full by bytes and by entries, and never grows")
    func bounds() {
        let queue = TransmitQueue(capacity: 4096, maximumEntries: 3)
        #expect(queue.reserve(maximum: 4097) == nil)
        #expect(queue.reserve(maximum: -1) == nil)
        _ = queue.reserve(maximum: 3000)
        queue.commit(length: 3000, peer: PeerHandle(index: 0))
        #expect(queue.reserve(maximum: 1097) == nil)
        // More than there is room for is not taken.
        queue.commit(length: 2000, peer: PeerHandle(index: 0))
        queue.commit(length: 0, peer: PeerHandle(index: 0))
        #expect(queue.count == 1)
        queue.commit(length: 10, peer: PeerHandle(index: 0))
        queue.commit(length: 10, peer: PeerHandle(index: 0))
        #expect(queue.reserve(maximum: 1) == nil)
        queue.commit(length: 10, peer: PeerHandle(index: 0))
        #expect(queue.count == 3)
    }
}
