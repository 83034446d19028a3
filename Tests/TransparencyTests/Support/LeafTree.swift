// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import Transparency

/// A whole tree in memory, every perfect subtree of it hashed: what proofs are compared with.
struct LeafTree: NodeSource {
    private(set) var rows: [[TreeHash]]

    init(_ leaves: [TreeHash]) {
        rows = [leaves]
        while let row = rows.last, row.count > 1 {
            rows.append(stride(from: 0, to: row.count - 1, by: 2).map { Tree.nodeHash(row[$0], row[$0 + 1]) })
        }
    }

    /// Leaves that are different from each other.
    init(count: Int) { self.init((0..<count).map { Tree.leafHash([UInt8($0 & 0xFF), UInt8($0 >> 8 & 0xFF)]) }) }

    func hash(of node: TreeNode) -> TreeHash? {
        guard node.level < rows.count, node.index < UInt64(rows[node.level].count) else { return nil }
        return rows[node.level][Int(node.index)]
    }

    func head(_ size: Int) throws -> TreeHead { try TreeHead(size: UInt64(size), from: self, with: NativeCrypto.self) }

    /// `MTH(D[start:end])` as RFC 6962 §2.1 writes it down.
    static func plainRoot(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
        guard leaves.count > 1 else { return leaves.first ?? Tree.emptyRoot }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return Tree.nodeHash(plainRoot(leaves[..<middle]), plainRoot(leaves[middle...]))
    }
}
