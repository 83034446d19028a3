// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct TreeKEMVector: MLSVector {
    struct PathSecret {
        var node: UInt32
        var path_secret: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            node = try entry.number("node")
            path_secret = try entry.hex("path_secret")
        }
    }
    struct LeafPrivate {
        var index: UInt32
        var encryption_priv: HexBytes
        var signature_priv: HexBytes
        var path_secrets: [PathSecret]

        init(_ entry: VectorEntry) throws(VectorFailure) {
            index = try entry.number("index")
            encryption_priv = try entry.hex("encryption_priv")
            signature_priv = try entry.hex("signature_priv")
            path_secrets = try entry.entries("path_secrets", PathSecret.init)
        }
    }
    struct Path {
        var sender: UInt32
        var update_path: HexBytes
        var path_secrets: [HexBytes?]
        var commit_secret: HexBytes
        var tree_hash_after: HexBytes

        init(_ entry: VectorEntry) throws(VectorFailure) {
            sender = try entry.number("sender")
            update_path = try entry.hex("update_path")
            path_secrets = try entry.list("path_secrets", VectorEntry.optionalHex)
            commit_secret = try entry.hex("commit_secret")
            tree_hash_after = try entry.hex("tree_hash_after")
        }
    }

    var cipher_suite: UInt16
    var group_id: HexBytes
    var epoch: UInt64
    var confirmed_transcript_hash: HexBytes
    var ratchet_tree: HexBytes
    var leaves_private: [LeafPrivate]
    var update_paths: [Path]

    init(_ entry: VectorEntry) throws(VectorFailure) {
        cipher_suite = try entry.number("cipher_suite")
        group_id = try entry.hex("group_id")
        epoch = try entry.number("epoch")
        confirmed_transcript_hash = try entry.hex("confirmed_transcript_hash")
        ratchet_tree = try entry.hex("ratchet_tree")
        leaves_private = try entry.entries("leaves_private", LeafPrivate.init)
        update_paths = try entry.entries("update_paths", Path.init)
    }

    var suiteNumber: UInt16? { cipher_suite }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        let suite = try suite()
        let tree = try RatchetTree(decoding: ratchet_tree.bytes)
        var keys: [UInt32: PrivateKeys] = [:]
        var signatureKeys: [UInt32: Secret] = [:]
        for leaf in leaves_private {
            keys[leaf.index] = try privateKeys(suite, check, leaf, tree)
            signatureKeys[leaf.index] = suite.signatureKey(leaf.signature_priv)
        }
        for path in update_paths {
            try verify(suite, check, path, tree, keys)
            guard let signatureKey = signatureKeys[path.sender] else { return check.fail("no signature key") }
            try verifyOwn(suite, check, LeafIndex(path.sender), signatureKey, tree, keys)
        }
    }

    private func privateKeys(_ suite: Suite, _ check: VectorCheck, _ leaf: LeafPrivate, _ tree: RatchetTree)
        throws(MLSRefusal) -> PrivateKeys
    {
        let index = LeafIndex(leaf.index)
        let pair = try suite.keyPair(privateKey: suite.encryptionKey(leaf.encryption_priv))
        check.expect(tree.leaf(index)?.encryptionKey, pair.publicKey, "leaf key of \(leaf.index)")
        var keys = PrivateKeys(leaf: index, keyPair: pair)
        for entry in leaf.path_secrets {
            let node = NodeIndex(entry.node)
            // Checks the derived key against the tree's.
            _ = try keys.derive(suite, from: Secret(entry.path_secret.bytes), at: node, path: [node], tree: tree)
        }
        return keys
    }

    private func context(_ suite: Suite, _ treeHash: [UInt8]) -> [UInt8] {
        GroupContext(
            cipherSuite: suite.identifier,
            groupID: group_id.bytes,
            epoch: epoch,
            treeHash: treeHash,
            confirmedTranscriptHash: confirmed_transcript_hash.bytes
        ).encoded
    }

    private func verify(
        _ suite: Suite,
        _ check: VectorCheck,
        _ vector: Path,
        _ tree: RatchetTree,
        _ keys: [UInt32: PrivateKeys]
    ) throws(MLSRefusal) {
        let path = try vector.update_path.decoded(UpdatePath.self)
        let sender = LeafIndex(vector.sender)
        var after = tree
        try after.merge(suite, path, of: sender, excluding: SortedSet())
        let hash = after.treeHash(suite)
        check.expect(hash, vector.tree_hash_after.bytes, "tree_hash_after")
        for (index, wanted) in vector.path_secrets.enumerated() {
            guard let wanted, var own = keys[UInt32(index)] else { continue }
            let opened = try own.open(
                suite,
                path,
                from: sender,
                tree: after,
                excluding: SortedSet(),
                context: context(suite, hash)
            )
            check.expect(opened.pathSecret.copied, wanted.bytes, "path secret of \(index)")
            check.expect(opened.commitSecret.copied, vector.commit_secret.bytes, "commit_secret")
        }
    }

    private func verifyOwn(
        _ suite: Suite,
        _ check: VectorCheck,
        _ sender: LeafIndex,
        _ signatureKey: Secret,
        _ tree: RatchetTree,
        _ keys: [UInt32: PrivateKeys]
    ) throws(MLSRefusal) {
        guard let leaf = tree.leaf(sender) else { return check.fail("no leaf") }
        var randomness = SystemRandomness()
        var after = tree
        let fresh = try after.renewPath(
            suite,
            of: sender,
            leafNode: leaf,
            signatureKey: signatureKey,
            groupID: group_id.bytes,
            using: &randomness
        )
        let hash = after.treeHash(suite)
        let path = try after.encrypt(
            suite,
            fresh,
            excluding: SortedSet(),
            context: context(suite, hash),
            using: &randomness
        )
        var merged = tree
        try merged.merge(suite, path, of: sender, excluding: SortedSet())
        check.expect(merged.encoded, after.encoded, "our own path merged")
        for (index, leafKeys) in keys where index != sender.value {
            var own = leafKeys
            let opened = try own.open(
                suite,
                path,
                from: sender,
                tree: merged,
                excluding: SortedSet(),
                context: context(suite, hash)
            )
            check.expect(opened.commitSecret.copied, fresh.commitSecret.copied, "own commit_secret")
        }
    }
}
