// SPDX-License-Identifier: Apache-2.0

/// What one datagram of a multiplexed peer connection is, by its first two bytes (RFC 7983 §7, RFC 5761 §4).
public enum Demultiplexer: Sendable {
    case stun
    case dtls
    case rtp
    case rtcp
    case unknown

    /// Shorter than the smallest packet of its kind is ``unknown``.
    @inlinable
    public static func classify(_ datagram: UnsafeRawBufferPointer) -> Demultiplexer {
        guard datagram.count >= 8 else { return .unknown }
        switch datagram[0] {
        case 128...191:
            // RFC 5761 §4: payload types 64…95 are never used for RTP, so 192…223 in the second byte is RTCP.
            if 192...223 ~= datagram[1] { return .rtcp }
            return datagram.count >= 12 ? .rtp : .unknown
        case 20...63: return datagram.count >= 13 ? .dtls : .unknown
        case 0...3: return datagram.count >= 20 ? .stun : .unknown
        default: return .unknown
        }
    }
}
