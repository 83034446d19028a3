// SPDX-License-Identifier: Apache-2.0

/// The payloads of one publisher stream, each stored once, whoever watches: a slab of fixed slots keyed by extended
/// sequence number.
///
/// A trivial handle, so that using it costs no reference counting; ``InboundStream`` owns the memory. The slab is
/// allocated untouched: pages are the kernel's until packets fill them.
struct PacketRing {
    static let slotSize = 1504

    let records: UnsafeMutablePointer<PacketRecord>
    let slots: UnsafeMutableRawPointer
    let mask: UInt64

    /// - Parameter exponent: the ring holds `1 << exponent` packets.
    static func allocate(exponent: Int) -> PacketRing {
        let count = 1 << exponent
        let ring = PacketRing(
            records: .allocate(capacity: count),
            slots: .allocate(byteCount: count * slotSize, alignment: 64),
            mask: UInt64(count - 1)
        )
        ring.records.initialize(repeating: PacketRecord(), count: count)
        return ring
    }

    func deallocate() {
        records.deallocate()
        slots.deallocate()
    }

    var capacity: UInt64 { mask &+ 1 }

    func removeAll() {
        records.update(repeating: PacketRecord(), count: Int(mask) + 1)
    }

    @inline(__always)
    func slot(_ extended: UInt64) -> UnsafeMutableRawPointer {
        slots + Int(truncatingIfNeeded: extended & mask) &* PacketRing.slotSize
    }

    @inline(__always)
    func record(_ extended: UInt64) -> UnsafeMutablePointer<PacketRecord> {
        records + Int(truncatingIfNeeded: extended & mask)
    }

    @inline(__always)
    func holds(_ extended: UInt64) -> Bool {
        record(extended).pointee.extendedSequenceNumber == extended
    }
}
