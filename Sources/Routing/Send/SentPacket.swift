// SPDX-License-Identifier: Apache-2.0

/// What is remembered of one packet sent to one viewer: enough to send the same bytes again, and to know that a number
/// is taken. Trivial, 16 bytes.
struct SentPacket {
    static let none = UInt64.max

    var extendedSequenceNumber = SentPacket.none
    /// Milliseconds, wrapping.
    var lastSent: UInt32 = 0
    var resends: UInt8 = 0
    var carriesMid = false
}
