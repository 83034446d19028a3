// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
public import Transparency

/// Proofs out of a log's published tiles, wherever these come from.
public enum StoredProofs {
    /// That the tree of `new` entries continues the one of `old`.
    ///
    /// - Parameter read: the tiles' bytes, in the order asked for; `nil` for one that isn't there. Partial tiles are asked for
    ///   together with the full ones that may have replaced them.
    public static func consistency<Failure: Error>(
        from old: UInt64,
        to new: UInt64,
        read: ([LogResource]) async throws(Failure) -> [[UInt8]?]
    ) async throws -> ConsistencyProof {
        let plan = try ProofPlan(consistencyFrom: old, to: new)
        return ConsistencyProof(
            hashes: try plan.hashes(from: try await tiles(for: plan, new, read), with: NativeCrypto.self)
        )
    }

    /// That the entry is in the tree of `size` entries.
    public static func inclusion<Failure: Error>(
        of index: UInt64,
        in size: UInt64,
        read: ([LogResource]) async throws(Failure) -> [[UInt8]?]
    ) async throws -> InclusionProof {
        let plan = try ProofPlan(inclusionOf: index, in: size)
        let hashes = try plan.hashes(from: try await tiles(for: plan, size, read), with: NativeCrypto.self)
        return InclusionProof(index: index, hashes: hashes)
    }

    private static func tiles<Failure: Error>(
        for plan: ProofPlan,
        _ size: UInt64,
        _ read: ([LogResource]) async throws(Failure) -> [[UInt8]?]
    ) async throws -> TileSet<NativeCrypto> {
        let places = TileMath.tiles(for: plan, size: size)
        let wanted = places + places.filter { !$0.isFull }.map(\.full)
        var set = TileSet<NativeCrypto>()
        for (place, bytes) in zip(wanted, try await read(wanted.map { .tile($0) })) {
            // A damaged tile is as good as none: what is missing then is named by the plan.
            if let bytes, let tile = try? Tile(decoding: bytes, width: place.width) { set.insert(tile, at: place) }
        }
        return set
    }
}
