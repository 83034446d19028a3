// SPDX-License-Identifier: Apache-2.0

import Base

/// A batch worked out: the log after it, and every file that makes the difference. The same stage on the same log always gives
/// the same bytes.
struct PreparedBatch<Crypto: CryptoProvider>: Sendable {
    let stage: Stage
    let log: GrowingLog<Crypto>
    let head: TreeHead
    /// Each entry's leaf hash, in order.
    let leaves: [TreeHash]
    let files: [StoreWrite]
    /// Partial versions that full ones replace.
    let superseded: [StoreWrite]

    init(_ stage: Stage, on base: GrowingLog<Crypto>) throws(SequencerFault) {
        guard base.edge.size == stage.from else { throw .stageContradictsRecord }
        guard UInt64(stage.entries.count) <= TreeHead.largestSize - stage.from else { throw .logFull }
        var log = base
        var leaves: [TreeHash] = []
        var files: [StoreWrite] = []
        var superseded: [StoreWrite] = []
        do throws(TileRefusal) {
            for entry in stage.entries {
                let leaf = MerkleTree<Crypto>.leafHash(entry)
                leaves.append(leaf)
                for (resource, bytes) in try log.append(entry, leaf: leaf) {
                    files.append(.put(.published(resource), bytes))
                    superseded.append(.removePartials(resource))
                }
            }
            // What didn't change since the last batch is there already.
            let before = Set(TileMath.edge(of: stage.from))
            for (resource, bytes) in try log.partials() where stage.entries.count > 0 {
                if case .tile(let tile) = resource, before.contains(tile) { continue }
                files.append(.put(.published(resource), bytes))
            }
        } catch {
            throw .stageUnreadable
        }
        self.stage = stage
        self.log = log
        self.leaves = leaves
        self.files = files
        self.superseded = superseded
        head = log.edge.head
    }
}
