// SPDX-License-Identifier: Apache-2.0

import Base

extension PublicGroup {
    /// Finds our leaf and derives the keys above it (RFC 9420 §12.4.3.1).
    func keys(
        of bundle: KeyPackageBundle,
        signer: LeafIndex,
        pathSecret: Secret?
    ) throws(MLSRefusal) -> PrivateKeys {
        var found: LeafIndex?
        for (leaf, node) in tree.members where node == bundle.keyPackage.leafNode { found = leaf }
        guard let leaf = found else { throw .joinerLeafMissing }
        // RFC 9420 §13.4: we support every extension of the group: part of validating our own leaf.
        var keys = PrivateKeys(leaf: leaf, keyPair: bundle.encryptionKeyPair)
        guard let pathSecret else { return keys }
        // Unseen by tests: the path of the signer doesn't hold its own leaf, so that deriving from there is refused,
        // for the same reason.
        guard leaf != signer else { throw .noPathForUs }
        let ancestor = NodeIndex.commonAncestor(leaf, signer)
        var path: [NodeIndex] = []
        for step in tree.filteredDirectPath(of: signer) { path.append(step.node) }
        _ = try keys.derive(suite, from: pathSecret, at: ancestor, path: path, tree: tree)
        return keys
    }

    /// If a PSK says that this group continues or branches from another one, it has to look like it (RFC 9420 §11.2,
    /// §11.3, §12.4.3.1).
    func verifyOrigin(
        _ identifiers: [PreSharedKeyID],
        _ origin: Origin<Crypto>,
        rules: some GroupRules
    ) throws(MLSRefusal) {
        for identifier in identifiers {
            guard case .resumption(let usage, let groupID, let epoch) = identifier.source, usage != .application
            else { continue }
            guard case .group(let old) = origin, old.groupID == groupID, !old.isRemoved else {
                throw .preSharedKeyUnknown
            }
            guard context.epoch == 1 else { throw .firstEpochExpected }
            if usage == .reInit {
                guard let reInit = old.shared.reInit, old.epoch == epoch else { throw .reInitMismatch }
                guard reInit.groupID == context.groupID, reInit.version == context.version,
                    reInit.cipherSuite == context.cipherSuite, reInit.extensions == context.extensions
                else { throw .reInitMismatch }
                try verify(everyMemberOf: old.tree, isIn: tree, rules, else: .reInitMembersMissing)
            } else {
                guard context.version == old.context.version, context.cipherSuite == old.context.cipherSuite
                else { throw .branchMismatch }
                try verify(everyMemberOf: tree, isIn: old.tree, rules, else: .branchNotASubset)
            }
        }
    }

    /// The same client, as the application sees it; without its opinion, the same credential.
    private func verify(
        everyMemberOf inner: RatchetTree,
        isIn outer: RatchetTree,
        _ rules: some GroupRules,
        else refusal: MLSRefusal
    ) throws(MLSRefusal) {
        let others = outer.members
        for member in inner.members {
            let isThere = others.contains { other in
                other.node.credential == member.node.credential || rules.areSameClient(other.node, member.node)
            }
            guard isThere else { throw refusal }
        }
    }
}
