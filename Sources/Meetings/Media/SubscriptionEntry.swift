// SPDX-License-Identifier: Apache-2.0

public import Base

/// Which track one media section of the server's offer carries.
public struct SubscriptionEntry: Hashable, Sendable {
    /// The section's `a=mid` value (RFC 5888 §4).
    public let mid: String
    public let track: TrackID

    public init(mid: String, track: TrackID) {
        self.mid = mid
        self.track = track
    }
}
