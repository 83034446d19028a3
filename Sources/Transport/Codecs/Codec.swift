// SPDX-License-Identifier: Apache-2.0

/// What Vigil carries. H.264 and AV1 break when a frame is encrypted whole, so they aren't offered.
public enum Codec: UInt8, Hashable, Sendable, CaseIterable {
    case opus
    case vp8
    case vp9

    public var isAudio: Bool { self == .opus }

    /// The encoding name in `a=rtpmap`; compared without regard to case (RFC 8866 §6.6).
    public var name: String {
        switch self {
        case .opus: "opus"
        case .vp8: "VP8"
        case .vp9: "VP9"
        }
    }

    /// RTP timestamp units a second.
    public var clockRate: UInt32 { isAudio ? 48_000 : 90_000 }
}

extension Codec {
    /// Whether a payload is the first packet from which a receiver can start: a key frame's, or any audio.
    @inlinable
    public func startsKeyFrame(_ payload: UnsafeRawBufferPointer) -> Bool {
        switch self {
        case .opus: true
        case .vp8: VP8Descriptor.parse(payload)?.isKeyFrame ?? false
        case .vp9: VP9Descriptor.parse(payload)?.isKeyFrame ?? false
        }
    }
}
