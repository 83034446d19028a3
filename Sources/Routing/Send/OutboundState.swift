// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// Everything that forwarding one track to one viewer touches per packet. Behind a pointer owned by ``OutboundTrack``.
struct OutboundState {
    static let segmentCount = 4
    /// Bytes per prepared extension block: length, place of the level, then the block itself.
    static let blockStride = 40
    static let noPayloadType: UInt8 = 0xFF

    let peer: PeerHandle
    var sealer: Unmanaged<SRTPSealer>?
    let ssrc: UInt32
    let rtxSSRC: UInt32?
    /// By ``Codec``'s raw value.
    let payloadTypes: SIMD4<UInt8>
    let rtxPayloadTypes: SIMD4<UInt8>
    let clockRate: UInt32
    let isAudio: Bool

    let segments: UnsafeMutablePointer<Segment>
    let sent: UnsafeMutablePointer<SentPacket>
    let sentMask: UInt64
    /// Four prepared extension blocks: bit 0 with mid, bit 1 with audio level.
    let blocks: UnsafeMutablePointer<UInt8>

    /// What is forwarded; nothing while a first keyframe is awaited, paused or off.
    var current: UnsafeMutablePointer<StreamState>?
    /// What should be forwarded, from its next keyframe on.
    var target: UnsafeMutablePointer<StreamState>?
    var segment = 0
    /// One more than the highest number sent: roll-over counter and sequence number together.
    var next: UInt64
    var nextRTX: UInt64
    var hasSent = false
    var highestTimestamp: UInt32
    var highestTimestampAt = Moment(nanoseconds: 0)
    var lastPictureID: UInt16 = 0
    var lastTL0: UInt8 = 0
    /// Packets that still carry the mid, until the viewer is known to have bound the SSRC.
    var midsLeft: Int
    var packetCount: UInt32 = 0
    var octetCount: UInt32 = 0
    var roundTripMilliseconds: UInt32 = 100

    /// The last sender reports' middle NTP bits and when they left, for round-trip times.
    var reportMiddle: UInt32 = 0
    var reportSentAt: Moment?

    @inline(__always)
    func canMap(_ codec: UInt8) -> Bool { payloadTypes[Int(codec & 3)] != OutboundState.noPayloadType }
}
