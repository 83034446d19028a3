// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto

@testable import MLS

/// What a member who doesn't keep to the rules can send: properly signed, properly tagged, and wrong.
extension Scene {
    /// Any content, signed and tagged by a member.
    func forged(
        _ content: Content,
        by author: Int = 0,
        sender: Sender? = nil,
        groupID: [UInt8]? = nil,
        epoch: UInt64? = nil,
        key: Secret? = nil,
        tag: [UInt8] = [UInt8](repeating: 1, count: 32)
    ) throws -> MLSMessage {
        let group = members[author]
        let framed = FramedContent(
            groupID: groupID ?? group.groupID,
            epoch: epoch ?? group.epoch,
            sender: sender ?? .member(group.leaf),
            authenticatedData: [],
            content: content
        )
        var message = try AuthenticatedContent.sign(
            suite,
            .publicMessage,
            framed,
            context: group.context,
            privateKey: key ?? group.signatureKey.privateKey
        )
        if case .commit = content { message.auth.confirmationTag = tag }
        return tagged(message, by: author)
    }

    func tagged(_ message: AuthenticatedContent, by author: Int = 0) -> MLSMessage {
        let group = members[author]
        guard message.content.sender.leaf != nil else {
            return .publicMessage(PublicMessage(message, membershipTag: nil))
        }
        let tag = suite.mac(key: group.secrets.membership, message.toBeTagged(context: group.context))
        return .publicMessage(PublicMessage(message, membershipTag: tag))
    }

    /// A commit of these proposals by value, without a path.
    func forgedCommit(_ proposals: [Proposal], by author: Int = 0) throws -> MLSMessage {
        try forged(.commit(Commit(proposals: proposals.map { .proposal($0) }, path: nil)), by: author)
    }

    func forgedCommit(references: [[UInt8]], by author: Int = 0) throws -> MLSMessage {
        try forged(.commit(Commit(proposals: references.map { .reference($0) }, path: nil)), by: author)
    }

    /// A real commit of member 0, its content changed and everything signed and tagged again.
    mutating func altered(
        _ options: CommitOptions = CommitOptions(),
        _ change: (inout Commit, inout Scene) throws -> Void
    ) throws -> MLSMessage {
        let made = try members[0].commit(options, rules: rules, preSharedKeys: preSharedKeys, using: &randomness)
        guard case .publicMessage(let message) = made.commit, case .commit(var commit) = message.content.content else {
            return made.commit
        }
        try change(&commit, &self)
        return try forged(.commit(commit), tag: message.auth.confirmationTag ?? [])
    }

    /// A real commit of member 0 with its leaf changed and signed again.
    mutating func altered(
        leaf change: (inout LeafNode, inout Scene) throws -> Void
    ) throws -> MLSMessage {
        try altered { commit, scene in
            guard var leaf = commit.path?.leafNode else { return }
            try change(&leaf, &scene)
            try leaf.sign(
                scene.suite,
                privateKey: scene.members[0].signatureKey.privateKey,
                groupID: scene.members[0].groupID,
                leaf: scene.members[0].leaf
            )
            commit.path?.leafNode = leaf
        }
    }

    /// An Add of a key package changed in its leaf, in itself, or in both, everything signed again.
    mutating func forgedAdd(
        leaf changeLeaf: (inout LeafNode) throws -> Void = { _ in },
        package changePackage: (inout KeyPackage) throws -> Void = { _ in }
    ) throws -> MLSMessage {
        var bundle = try bundle("newcomer")
        bundle = try altered(bundle, leaf: changeLeaf, package: changePackage)
        return try forgedCommit([.add(bundle.keyPackage)])
    }

    func altered(
        _ bundle: KeyPackageBundle,
        leaf changeLeaf: (inout LeafNode) throws -> Void = { _ in },
        package changePackage: (inout KeyPackage) throws -> Void = { _ in }
    ) throws -> KeyPackageBundle {
        var keyPackage = bundle.keyPackage
        let key = bundle.signatureKey.privateKey
        try changeLeaf(&keyPackage.leafNode)
        try keyPackage.leafNode.sign(suite, privateKey: key, groupID: Scene.groupID, leaf: LeafIndex(0))
        try changePackage(&keyPackage)
        try keyPackage.sign(suite, privateKey: key)
        return try KeyPackageBundle(
            suite,
            keyPackage: keyPackage,
            initPrivateKey: bundle.initKeyPair.privateKey,
            encryptionPrivateKey: bundle.encryptionKeyPair.privateKey,
            signaturePrivateKey: key
        )
    }

    /// The group info of member 0, changed and signed again.
    func alteredInfo(
        by signer: Int = 0,
        _ change: (inout GroupInfo) throws -> Void
    ) throws -> GroupInfo {
        var info = try members[signer].groupInfo()
        try change(&info)
        try info.sign(suite, privateKey: members[signer].signatureKey.privateKey)
        return info
    }

    /// The group info with another tree in it, tree hash and signature to match.
    func alteredInfo(tree change: (inout RatchetTree) throws -> Void) throws -> GroupInfo {
        try alteredInfo { info in
            var tree = members[0].tree
            try change(&tree)
            tree.hashes = Array(repeating: [], count: tree.hashes.count)
            info.extensions = info.extensions.with(Extension(type: .ratchetTree, data: tree.encoded))
            info.context.treeHash = tree.treeHash(suite)
        }
    }

    /// Takes up the group as an outsider would.
    func join(_ info: GroupInfo) throws {
        _ = try PublicGroup<NativeCrypto>(info, rules: rules)
    }

    /// A private message of member 0 with any plaintext.
    mutating func forgedPrivate(
        _ plaintext: [UInt8],
        type: ContentType = .application,
        leaf: LeafIndex? = nil
    ) throws -> MLSMessage {
        var author = members[0]
        let framed = author.framed(.application([]), [])
        let message = try AuthenticatedContent.sign(
            suite,
            .privateMessage,
            framed,
            context: author.context,
            privateKey: author.signatureKey.privateKey
        )
        var copy = author.secretTree
        let real = try PrivateMessage.protect(
            suite,
            message,
            senderDataSecret: author.secrets.senderData,
            secretTree: &copy,
            paddingBlock: 0,
            using: &randomness
        )
        let step = try author.secretTree.next(RatchetKind(type), of: author.leaf)
        var aad = ByteWriter()
        aad.writeOpaque(real.groupID)
        aad.write(real.epoch)
        aad.write(type.rawValue)
        let senderAAD = aad.bytes
        aad.writeOpaque([UInt8]())
        let ciphertext = try suite.seal(
            key: step.key.key,
            nonce: step.key.nonce(guardedBy: 7),
            plaintext: plaintext,
            additionalData: aad.bytes
        )
        let senderKey = try suite.senderDataKey(author.secrets.senderData, ciphertext: ciphertext)
        let data = SenderData(leaf: leaf ?? author.leaf, generation: step.generation, reuseGuard: 7)
        let sealed = try suite.seal(
            key: senderKey.key,
            nonce: senderKey.nonce(guardedBy: 0),
            plaintext: data.encoded,
            additionalData: senderAAD
        )
        return .privateMessage(
            PrivateMessage(
                groupID: real.groupID,
                epoch: real.epoch,
                contentType: type,
                authenticatedData: [],
                encryptedSenderData: sealed,
                ciphertext: ciphertext
            )
        )
    }
}
