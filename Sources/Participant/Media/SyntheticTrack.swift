// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a headless participant publishes: the shape of Opus or VP8 without the content.
public struct SyntheticTrack: Hashable, Sendable {
    public var source: TrackSource
    public var packetsPerFrame: Int
    /// The whole RTP packet, header included, before SRTP.
    public var packetLength: Int
    public var frameInterval: Interval

    public init(source: TrackSource, packetsPerFrame: Int, packetLength: Int, frameInterval: Interval) {
        self.source = source
        self.packetsPerFrame = max(1, packetsPerFrame)
        self.packetLength = min(max(packetLength, 64), 1_400)
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

    /// What the media benchmark sends: 1,000 packets of 1,200 bytes a second in bursts of five.
    public static let burst = SyntheticTrack(
        source: .camera,
        packetsPerFrame: 5,
        packetLength: 1_200,
        frameInterval: .milliseconds(5)
    )

    /// RTP timestamp ticks a second.
    var clockRate: Int64 { source.isAudio ? 48_000 : 90_000 }
}
