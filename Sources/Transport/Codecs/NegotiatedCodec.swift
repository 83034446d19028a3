// SPDX-License-Identifier: Apache-2.0

/// A codec under the payload types of one media section.
public struct NegotiatedCodec: Hashable, Sendable {
    public var codec: Codec
    /// Seven bits.
    public var payloadType: UInt8
    /// Retransmissions of `payloadType` travel under this one (RFC 4588); `nil` when none were agreed.
    public var rtxPayloadType: UInt8?
    /// RTP timestamp units a second.
    public var clockRate: UInt32

    public init(codec: Codec, payloadType: UInt8, rtxPayloadType: UInt8? = nil) {
        self.codec = codec
        self.payloadType = payloadType
        self.rtxPayloadType = rtxPayloadType
        self.clockRate = codec.clockRate
    }
}
