// SPDX-License-Identifier: Apache-2.0

public import Base

/// How much of one track a viewer wants to receive.
public struct LayerWish: Hashable, Sendable {
    public let track: TrackID
    public let layer: SimulcastLayer

    public init(track: TrackID, layer: SimulcastLayer) {
        self.track = track
        self.layer = layer
    }
}
