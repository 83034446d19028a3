// SPDX-License-Identifier: Apache-2.0

import Base

/// How many frames of one track there were.
struct TrackCount: Sendable {
    var track: TrackID
    var opened: Int
    var refused: Int
    /// Whether its frames are opened at all (``TrackSampling``).
    var isOpened: Bool
}
