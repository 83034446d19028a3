// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transport

/// A track that a viewer is to receive.
public struct SubscriptionWish: Hashable, Sendable {
    public var track: TrackID
    /// What the publisher may send, the codec in use first. Empty stands for all of the track's kind.
    public var codecs: [Codec]

    public init(track: TrackID, codecs: [Codec]) {
        self.track = track
        self.codecs = codecs
    }
}
