// SPDX-License-Identifier: Apache-2.0

/// A tile and its place.
public struct CompletedTile: Hashable, Sendable {
    public let coordinate: TileCoordinate
    public let tile: Tile
}
