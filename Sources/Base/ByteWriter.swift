// SPDX-License-Identifier: Apache-2.0

/// Builds a message in network byte order.
public struct ByteWriter: Sendable {
    public internal(set) var bytes: [UInt8]

    public init(reserving capacity: Int = 64) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    public var count: Int { bytes.count }

    public mutating func write(_ byte: UInt8) { bytes.append(byte) }

    public mutating func write(_ word: UInt16) { append(word, width: 2) }

    /// The low 24 bits of `word`.
    public mutating func writeUInt24(_ word: UInt32) { append(word, width: 3) }

    public mutating func write(_ word: UInt32) { append(word, width: 4) }

    public mutating func write(_ word: UInt64) { append(word, width: 8) }

    public mutating func write(_ other: some Collection<UInt8>) { bytes.append(contentsOf: other) }

    /// The same for the usual case: without the generic detour between modules.
    public mutating func write(_ other: [UInt8]) { bytes.append(contentsOf: other) }

    /// Overwrites two bytes written earlier, for length fields known only at the end.
    public mutating func overwrite(at offset: Int, with word: UInt16) {
        bytes[offset] = UInt8(truncatingIfNeeded: word >> 8)
        bytes[offset + 1] = UInt8(truncatingIfNeeded: word)
    }

    private mutating func append(_ word: some FixedWidthInteger, width: Int) {
        var shift = (width - 1) * 8
        while shift >= 0 {
            bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            shift -= 8
        }
    }
}
