// SPDX-License-Identifier: Apache-2.0

package import Base

/// New keys for a committer's leaf and filtered direct path, while the secrets are still at hand (RFC 9420 §7.4).
package struct FreshPath: Sendable {
    struct Node: Sendable {
        var index: NodeIndex
        var copathChild: NodeIndex
        var pathSecret: Secret
        var keyPair: HPKEKeyPair
    }

    var leaf: LeafIndex
    var leafNode: LeafNode
    var leafKeyPair: HPKEKeyPair
    var nodes: [Node]
    package var commitSecret: Secret

    /// The secret for a new member: that of the lowest node above both (RFC 9420 §12.4.3.1).
    ///
    /// Always on the filtered path, since the new member is on the copath.
    func pathSecret(for member: LeafIndex) -> Secret? {
        let ancestor = NodeIndex.commonAncestor(leaf, member)
        for node in nodes where node.index == ancestor { return node.pathSecret }
        return nil
    }
}
