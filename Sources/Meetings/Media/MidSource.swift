// SPDX-License-Identifier: Apache-2.0

public import Base

/// What the client says that one media section of its offer carries.
public struct MidSource: Hashable, Sendable {
    /// The section's `a=mid` value (RFC 5888 §4).
    public let mid: String
    public let source: TrackSource

    public init(mid: String, source: TrackSource) {
        self.mid = mid
        self.source = source
    }
}
