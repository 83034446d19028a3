// SPDX-License-Identifier: Apache-2.0

/// The header extensions that Vigil understands. Everything else in a packet is skipped.
public enum HeaderExtension: UInt8, Hashable, Sendable, CaseIterable {
    /// The media section a stream belongs to (RFC 9143 §15).
    case mid = 1
    /// The simulcast layer a stream is (RFC 8852 §3.1).
    case rid
    /// The layer that a retransmission stream repairs (RFC 8852 §3.2).
    case repairedRid
    /// The counter that transport-wide feedback reports on (draft-holmer-rmcat-transport-wide-cc-extensions-01 §2).
    case transportSequenceNumber
    /// How loud the packet is (RFC 6464).
    case audioLevel
    /// When the packet left, 24 bits of seconds in 6.18 fixed point.
    case absSendTime
    /// Which frames this one needs (AV1 RTP payload format, appendix A).
    case dependencyDescriptor

    /// The name in `a=extmap`.
    public var uri: String {
        switch self {
        case .mid: "urn:ietf:params:rtp-hdrext:sdes:mid"
        case .rid: "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
        case .repairedRid: "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
        case .transportSequenceNumber:
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
        case .audioLevel: "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
        case .absSendTime: "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
        case .dependencyDescriptor:
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"
        }
    }

    public init?(uri: some StringProtocol) {
        guard let known = HeaderExtension.allCases.first(where: { $0.uri == uri }) else { return nil }
        self = known
    }
}
