// SPDX-License-Identifier: Apache-2.0

/// Sealed datagrams on their way to the socket, back to back in one arena that never grows.
///
/// Datagrams to one peer that follow each other with equal lengths lie contiguously, so the socket may hand such a run
/// to the kernel as one generic-segmentation send. Whoever writes calls ``reserve(maximum:)``, fills, then
/// ``commit(length:peer:)``; a reservation that isn't committed costs nothing. Confined to one thread.
public final class TransmitQueue {
    public struct Entry: Sendable {
        public var peer: PeerHandle
        /// Where in ``bytes`` the datagram starts.
        public var offset: Int32
        public var length: Int32
    }

    private struct Cursor {
        var used = 0
        var count = 0
    }

    private let arena: UnsafeMutableRawPointer
    private let table: UnsafeMutablePointer<Entry>
    // Behind a pointer, so that a packet costs no exclusivity check.
    private let cursor: UnsafeMutablePointer<Cursor>
    public let capacity: Int
    public let maximumEntries: Int

    /// - Parameters:
    ///   - capacity: of the arena, in bytes.
    ///   - maximumEntries: datagrams held at most between two drains.
    public init(capacity: Int = 1 << 20, maximumEntries: Int = 1024) {
        self.capacity = min(max(capacity, 4096), 1 << 30)
        self.maximumEntries = max(maximumEntries, 1)
        arena = .allocate(byteCount: self.capacity, alignment: 64)
        table = .allocate(capacity: self.maximumEntries)
        cursor = .allocate(capacity: 1)
        cursor.initialize(to: Cursor())
    }

    deinit {
        arena.deallocate()
        table.deallocate()
        cursor.deallocate()
    }

    public var isEmpty: Bool { cursor.pointee.count == 0 }
    public var count: Int { cursor.pointee.count }
    /// The arena; valid as long as the queue. Mutable because some system calls want it so.
    public var bytes: UnsafeMutableRawPointer { arena }
    public var entries: UnsafeBufferPointer<Entry> { UnsafeBufferPointer(start: table, count: cursor.pointee.count) }

    /// The bytes of one entry, until the next ``removeAll()``.
    public func datagram(_ entry: Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: arena + Int(entry.offset), count: Int(entry.length))
    }

    /// Room for `maximum` bytes, or nothing when the queue has to be drained first.
    @inline(__always)
    public func reserve(maximum: Int) -> UnsafeMutableRawPointer? {
        let at = cursor.pointee
        guard at.count < maximumEntries, maximum >= 0, maximum <= capacity &- at.used else { return nil }
        return arena + at.used
    }

    /// Takes over the first `length` bytes of the last reservation.
    @inline(__always)
    public func commit(length: Int, peer: PeerHandle) {
        let at = cursor.pointee
        guard length > 0, at.count < maximumEntries, length <= capacity &- at.used else { return }
        table[at.count] = Entry(
            peer: peer,
            offset: Int32(truncatingIfNeeded: at.used),
            length: Int32(truncatingIfNeeded: length)
        )
        cursor.pointee = Cursor(used: at.used &+ length, count: at.count &+ 1)
    }

    /// Forgets everything, after the entries have been sent.
    public func removeAll() {
        cursor.pointee = Cursor()
    }
}
