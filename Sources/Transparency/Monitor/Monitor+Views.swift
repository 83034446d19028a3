// SPDX-License-Identifier: Apache-2.0

import Base

extension Monitor {
    /// The tree is in order: what is owed, then what was seen elsewhere.
    mutating func finish() -> MonitorAction {
        if let time = EntryTime(seconds: now.seconds) {
            for opening in state.book.overdue(at: time) {
                find(.caseEntry(opening.caseID, opening.index), .overdue(opening.due))
            }
        }
        return nextView(0)
    }

    private mutating func nextView(_ first: Int) -> MonitorAction {
        let own = state.head
        for index in views.indices.dropFirst(first) {
            let (name, head, isEarlier) = views[index]
            if head.size > own.size {
                find(
                    .view(name),
                    isEarlier ? .rolledBack(from: head.size, to: own.size) : .behind(size: head.size)
                )
            } else if head.size == own.size {
                if head.root != own.root { find(.view(name), .fork(size: head.size)) }
            } else if head.size == 0 {
                if head.root != MerkleTree<Crypto>.emptyRoot { find(.view(name), .fork(size: 0)) }
            } else {
                // Everything that its root is made of, and that leads from there to ours.
                let nodes = LeafRange(start: 0, end: head.size).nodes + (plan(from: head.size)?.nodes ?? [])
                var seen: Set<TileCoordinate> = []
                let tiles = nodes.compactMap { TileMath.tile(of: $0, size: own.size) }
                    .filter { seen.insert($0).inserted }
                phase = .view(index, tiles)
                return .fetch(tiles.map { .tile($0) })
            }
        }
        return end()
    }

    private func plan(from size: UInt64) -> ProofPlan? { try? ProofPlan(consistencyFrom: size, to: state.head.size) }

    mutating func readView(_ index: Int, _ tiles: [TileCoordinate], _ files: [[UInt8]?]) -> MonitorAction {
        let (name, head, _) = views[index]
        var set = TileSet<Crypto>()
        for (offset, place) in tiles.enumerated() {
            guard offset < files.count, let bytes = files[offset] else {
                find(.resource(.tile(place)), .missing)
                continue
            }
            guard let tile = try? Tile(decoding: bytes, width: place.width) else {
                find(.resource(.tile(place)), .tile(.wrongLength))
                continue
            }
            set.insert(tile, at: place)
        }
        // Our own tree at that size. That the tiles are ours is proved by what leads from it to our root.
        do throws(MerkleRefusal) {
            let then = try TreeHead(size: head.size, from: set, with: Crypto.self)
            let proof = try ConsistencyProof(from: head.size, to: state.head.size, from: set, with: Crypto.self)
            try proof.verify(from: then, to: state.head, with: Crypto.self)
            if then.root != head.root { find(.view(name), .fork(size: head.size)) }
        } catch {
            if case .missing = error { return nextView(index + 1) }
            for place in tiles { find(.resource(.tile(place)), .tileDiffers) }
        }
        return nextView(index + 1)
    }
}
