// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transport

/// What a headless participant publishes: the shape of Opus, VP8 or VP9 without the content.
public struct SyntheticTrack: Hashable, Sendable {
    public var source: TrackSource
    public var codec: Codec
    public var packetsPerFrame: Int
    /// The whole RTP packet, header included, before SRTP. A frame's last packet may be a few bytes shorter.
    public var packetLength: Int
    public var frameInterval: Interval

    /// - Parameter codec: by default Opus for sound and VP8 for pictures. Sound is one packet a frame (RFC 7587 §4.2).
    public init(
        source: TrackSource,
        codec: Codec? = nil,
        packetsPerFrame: Int,
        packetLength: Int,
        frameInterval: Interval
    ) {
        self.source = source
        self.codec = source.isAudio ? .opus : codec ?? .vp8
        self.packetsPerFrame = source.isAudio ? 1 : max(1, packetsPerFrame)
        self.packetLength = min(max(packetLength, 100), 1_400)
        self.frameInterval = max(frameInterval, .milliseconds(1))
    }

    /// A voice: 50 packets of 120 bytes a second.
    public static let voice = SyntheticTrack(
        source: .microphone,
        packetsPerFrame: 1,
        packetLength: 120,
        frameInterval: .milliseconds(20)
    )

    /// A camera: 30 frames of four 1,100-byte packets a second, about 1 Mbit/s.
    public static let camera = SyntheticTrack(
        source: .camera,
        packetsPerFrame: 4,
        packetLength: 1_100,
        frameInterval: .milliseconds(33)
    )

    /// A small picture: 10 frames of 600 bytes a second.
    public static let thumbnail = SyntheticTrack(
        source: .camera,
        packetsPerFrame: 1,
        packetLength: 600,
        frameInterval: .milliseconds(100)
    )

    /// What the media benchmark sends: 1,000 packets of 1,200 bytes a second in bursts of five.
    public static let burst = SyntheticTrack(
        source: .camera,
        packetsPerFrame: 5,
        packetLength: 1_200,
        frameInterval: .milliseconds(5)
    )

    /// RTP timestamp ticks a second.
    var clockRate: Int64 { Int64(codec.clockRate) }
}
