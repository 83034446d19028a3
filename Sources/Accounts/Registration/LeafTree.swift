// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// All perfect subtrees over some leaves.
struct LeafTree<Crypto: CryptoProvider>: NodeSource, Sendable {
    private var rows: [[TreeHash]]

    init(_ leaves: [TreeHash]) {
        rows = [leaves]
        var row = leaves
        while row.count > 1 {
            var next: [TreeHash] = []
            for index in stride(from: 0, to: row.count - 1, by: 2) {
                next.append(MerkleTree<Crypto>.nodeHash(row[index], row[index + 1]))
            }
            rows.append(next)
            row = next
        }
    }

    func hash(of node: TreeNode) -> TreeHash? {
        guard node.level < rows.count, node.index < UInt64(rows[node.level].count) else { return nil }
        return rows[node.level][Int(node.index)]
    }
}
