// SPDX-License-Identifier: Apache-2.0

import Base

/// The public ratchet tree: who is there, and the keys of the subgroups (RFC 9420 §4, §7).
///
/// A value: a commit is worked out on a copy. Tree hashes are remembered per node and forgotten on the way up from
/// whatever changes.
public struct RatchetTree: Sendable {
    public private(set) var width: LeafCount
    private var leaves: [LeafNode?]
    private var parents: [ParentNode?]
    /// Tree hash per node; empty where it isn't known.
    var hashes: [[UInt8]]

    /// A group of one.
    package init(_ leaf: LeafNode) {
        width = .one
        leaves = [leaf]
        parents = []
        hashes = [[]]
    }

    init(width: LeafCount, leaves: [LeafNode?], parents: [ParentNode?]) {
        self.width = width
        self.leaves = leaves
        self.parents = parents
        hashes = Array(repeating: [], count: leaves.count + parents.count)
    }

    /// The leaf, `nil` if it is blank or outside the tree.
    public func leaf(_ index: LeafIndex) -> LeafNode? {
        width.contains(index) ? leaves[Int(truncatingIfNeeded: index.value)] : nil
    }

    /// The parent node, `nil` if it is blank, a leaf, or outside the tree.
    public func parent(_ node: NodeIndex) -> ParentNode? {
        guard !node.isLeaf, width.contains(node) else { return nil }
        return parents[Int(truncatingIfNeeded: node.value / 2)]
    }

    /// The public key at a node, `nil` if it is blank.
    package func encryptionKey(_ node: NodeIndex) -> [UInt8]? {
        if let leaf = node.leaf { return self.leaf(leaf)?.encryptionKey }
        return parent(node)?.encryptionKey
    }

    /// The members in order of their leaves.
    public var members: [(leaf: LeafIndex, node: LeafNode)] {
        var members: [(leaf: LeafIndex, node: LeafNode)] = []
        for index in 0..<width.value {
            if let node = leaf(LeafIndex(index)) { members.append((LeafIndex(index), node)) }
        }
        return members
    }

    public var memberCount: Int {
        var count = 0
        for leaf in leaves where leaf != nil { count += 1 }
        return count
    }

    var isEmpty: Bool { memberCount == 0 }

    // MARK: changes

    mutating func setLeaf(_ index: LeafIndex, _ leaf: LeafNode?) {
        guard width.contains(index) else { return }
        leaves[Int(truncatingIfNeeded: index.value)] = leaf
        forgetHashes(from: index.node)
    }

    mutating func setParent(_ node: NodeIndex, _ parent: ParentNode?) {
        guard !node.isLeaf, width.contains(node) else { return }
        parents[Int(truncatingIfNeeded: node.value / 2)] = parent
        forgetHashes(from: node)
    }

    mutating func blankPath(of leaf: LeafIndex) {
        for node in leaf.node.directPath(in: width) where parent(node) != nil { setParent(node, nil) }
    }

    /// The leaf that the next member gets, with the tree extended if there is none (RFC 9420 §12.1.1).
    mutating func leftmostBlank() throws(MLSRefusal) -> LeafIndex {
        for index in leaves.indices where leaves[index] == nil {
            return LeafIndex(UInt32(truncatingIfNeeded: index))
        }
        guard let wider = width.doubled else { throw .treeFull }
        let first = LeafIndex(width.value)
        let more = Int(truncatingIfNeeded: width.value)
        leaves.append(contentsOf: repeatElement(nil, count: more))
        parents.append(contentsOf: repeatElement(nil, count: more))
        hashes.append(contentsOf: repeatElement([], count: more * 2))
        width = wider
        return first
    }

    /// RFC 9420 §12.1.1.
    package mutating func add(_ leaf: LeafNode) throws(MLSRefusal) -> LeafIndex {
        let index = try leftmostBlank()
        for node in index.node.directPath(in: width) {
            guard var parent = parent(node) else { continue }
            parent.insertUnmerged(index)
            setParent(node, parent)
        }
        setLeaf(index, leaf)
        return index
    }

    /// RFC 9420 §12.1.2.
    package mutating func update(_ index: LeafIndex, _ leaf: LeafNode) {
        setLeaf(index, leaf)
        blankPath(of: index)
    }

    /// RFC 9420 §12.1.3, without the truncation: several removals are truncated once.
    package mutating func remove(_ index: LeafIndex) {
        setLeaf(index, nil)
        blankPath(of: index)
    }

    /// Halves the tree while nobody is in its right half (RFC 9420 §7.7).
    package mutating func truncate() {
        while width.value > 1 {
            let half = width.halved
            let kept = Int(truncatingIfNeeded: half.value)
            if leaves[kept...].contains(where: { $0 != nil }) { return }
            leaves.removeLast(leaves.count - kept)
            parents.removeLast(parents.count - (kept - 1))
            hashes.removeLast(hashes.count - (kept * 2 - 1))
            width = half
        }
    }

    private mutating func forgetHashes(from node: NodeIndex) {
        hashes[Int(truncatingIfNeeded: node.value)] = []
        for above in node.directPath(in: width) { hashes[Int(truncatingIfNeeded: above.value)] = [] }
    }
}
