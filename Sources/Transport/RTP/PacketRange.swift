// SPDX-License-Identifier: Apache-2.0

/// A stretch of bytes inside a packet, by offset from the packet's start.
public struct PacketRange: Hashable, Sendable {
    public var offset: Int
    public var length: Int

    @inlinable
    public init(offset: Int, length: Int) {
        self.offset = offset
        self.length = length
    }

    /// The bytes; empty when `packet` isn't the one that this range was found in.
    @inlinable
    public func bytes(in packet: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard offset >= 0, length >= 0, offset <= packet.count, length <= packet.count &- offset else {
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        return UnsafeRawBufferPointer(rebasing: packet[offset..<(offset &+ length)])
    }

    /// Whether the bytes are exactly `text` in UTF-8. No allocation.
    @inlinable
    public func equals(_ text: String, in packet: UnsafeRawBufferPointer) -> Bool {
        bytes(in: packet).elementsEqual(text.utf8)
    }

    /// The bytes as text (allocates: for a stream's first packet).
    public func text(in packet: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes(in: packet), as: UTF8.self)
    }
}
