// SPDX-License-Identifier: Apache-2.0

import Base

extension RatchetTree {
    /// The tree hash of the root (RFC 9420 §7.8).
    package mutating func treeHash<Crypto>(_ suite: CryptoSuite<Crypto>) -> [UInt8] {
        treeHash(suite, of: width.root)
    }

    /// The tree hash of a node.
    package mutating func treeHash<Crypto>(_ suite: CryptoSuite<Crypto>, of node: NodeIndex) -> [UInt8] {
        let place = Int(truncatingIfNeeded: node.value)
        guard hashes[place].isEmpty else { return hashes[place] }
        let hash: [UInt8]
        if let left = node.left, let right = node.right {
            let leftHash = treeHash(suite, of: left)
            let rightHash = treeHash(suite, of: right)
            hash = suite.hash(RatchetTree.hashInput(parent(node), left: leftHash, right: rightHash))
        } else {
            hash = leafHash(suite, node, leaf(LeafIndex(node.value / 2)))
        }
        hashes[place] = hash
        return hash
    }

    /// The hash as it was before these leaves came: each is blank, and no list of unmerged leaves has it (RFC 9420 §7.9).
    mutating func originalTreeHash<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        of node: NodeIndex,
        without unmerged: [LeafIndex]
    ) -> [UInt8] {
        let below = unmerged.filter { node.isAncestor(of: $0) }
        if below.isEmpty { return treeHash(suite, of: node) }
        guard let left = node.left, let right = node.right else { return leafHash(suite, node, nil) }
        let leftHash = originalTreeHash(suite, of: left, without: below)
        let rightHash = originalTreeHash(suite, of: right, without: below)
        var parent = parent(node)
        if let now = parent?.unmergedLeaves {
            parent?.unmergedLeaves = now.filter { !below.contains($0) }
        }
        return suite.hash(RatchetTree.hashInput(parent, left: leftHash, right: rightHash))
    }

    /// The parent hash of a node that isn't blank, seen from the side of `copathChild` (RFC 9420 §7.9).
    mutating func parentHash<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        of parent: ParentNode,
        copathChild: NodeIndex
    ) -> [UInt8] {
        var input = ByteWriter(reserving: 256)
        input.writeOpaque(parent.encryptionKey)
        input.writeOpaque(parent.parentHash)
        input.writeOpaque(originalTreeHash(suite, of: copathChild, without: parent.unmergedLeaves))
        return suite.hash(input.bytes)
    }

    private func leafHash<Crypto>(_ suite: CryptoSuite<Crypto>, _ node: NodeIndex, _ leaf: LeafNode?) -> [UInt8] {
        var input = ByteWriter(reserving: 512)
        input.write(UInt8(1))
        input.write(node.value / 2)
        input.writeOptional(leaf)
        return suite.hash(input.bytes)
    }

    private static func hashInput(_ parent: ParentNode?, left: [UInt8], right: [UInt8]) -> [UInt8] {
        var input = ByteWriter(reserving: 256)
        input.write(UInt8(2))
        input.writeOptional(parent)
        input.writeOpaque(left)
        input.writeOpaque(right)
        return input.bytes
    }
}
