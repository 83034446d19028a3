// SPDX-License-Identifier: Apache-2.0

import Transport

/// What forwarding needs to know about one stored packet, read once when it came in. Trivial, 24 bytes.
struct PacketRecord {
    static let empty = UInt64.max

    /// Extended sequence number in the publisher's stream, or ``empty``.
    var extendedSequenceNumber = PacketRecord.empty
    var timestamp: UInt32 = 0
    /// Bytes of payload (with padding, when there is any) in the slot.
    var length: UInt16 = 0
    var counters = PictureCounters()
    var codec: UInt8 = 0
    var flags: Flags = []
    /// The byte of RFC 6464: voice flag and level.
    var audioLevel: UInt8 = 0

    struct Flags: OptionSet {
        var rawValue: UInt8
        static let marker = Flags(rawValue: 1)
        static let padding = Flags(rawValue: 2)
        /// The first packet of a frame that needs no other.
        static let keyframeStart = Flags(rawValue: 4)
        static let audioLevel = Flags(rawValue: 8)
    }
}
