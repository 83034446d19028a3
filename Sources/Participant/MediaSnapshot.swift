// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a participant's media has come to.
public struct MediaSnapshot: Sendable {
    /// When it was taken.
    public internal(set) var at = Moment(nanoseconds: 0)
    public internal(set) var packets = ReceiveStatistics()
    /// Of the tracks that are opened.
    public internal(set) var frames: [TrackID: FrameStatistics] = [:]
    /// Frames of our own, by source.
    public internal(set) var sealed: [TrackSource: Int] = [:]
    public internal(set) var sealingRefused: [FrameRefusal: Int] = [:]
    /// With whose keys we seal.
    public internal(set) var sendingEpoch: UInt64?
    public internal(set) var traffic = MediaTraffic()
    /// How many of the others' tracks have brought packets.
    public internal(set) var liveTracks = 0

    init() {}

    public func opened(_ track: TrackID) -> Int { frames[track]?.opened ?? 0 }
    public var refusedFrames: Int { frames.values.reduce(0) { $0 + $1.refusedFrames } }
}
