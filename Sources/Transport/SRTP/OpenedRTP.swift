// SPDX-License-Identifier: Apache-2.0

/// An RTP packet that was opened in place.
public struct OpenedRTP: Hashable, Sendable {
    /// Bytes of header and payload, without the tag.
    public let length: Int
    /// 48 bits: roll-over counter, then sequence number.
    public let extendedSequenceNumber: UInt64

    @inlinable
    public init(length: Int, extendedSequenceNumber: UInt64) {
        self.length = length
        self.extendedSequenceNumber = extendedSequenceNumber
    }
}
