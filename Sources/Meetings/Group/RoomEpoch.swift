// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import Membership

/// What the node knows of a room's group in one epoch. The next epoch is a new value, so that a refused one is undone by
/// going back to the old.
struct RoomEpoch<Crypto: CryptoProvider>: Sendable {
    var group: PublicGroup<Crypto>
    /// For those who come from outside; the node can't read it.
    let sealedGroupInfo: [UInt8]
    let links: RoomLinks
    let policy: MeetingPolicy
    /// What this epoch's commits are judged by; kept, since hosts' proofs are signatures to check.
    let rules: MeetingRules<Crypto>
    /// Whose leaf is where.
    let leaves: [ParticipantID: LeafIndex]
    /// Who closed the lock, while it is closed.
    var lockAct: HostAct?
    /// The tree's encoding, once somebody needed it.
    private var encodedTree: [UInt8]?

    var number: UInt64 { group.epoch }

    init(
        _ group: PublicGroup<Crypto>,
        policy: MeetingPolicy,
        sealedGroupInfo: [UInt8],
        links: RoomLinks,
        leaves: [ParticipantID: LeafIndex]
    ) {
        self.group = group
        self.policy = policy
        rules = MeetingRules(tree: group.tree, extensions: group.context.extensions, card: nil)
        self.sealedGroupInfo = sealedGroupInfo
        self.links = links
        self.leaves = leaves
    }

    func node(of participant: ParticipantID) -> LeafNode? {
        leaves[participant].flatMap { group.tree.leaf($0) }
    }

    func role(of participant: ParticipantID) -> Role {
        node(of: participant).map { Role($0, under: policy, with: Crypto.self) } ?? .guest
    }

    /// The ratchet tree as it travels.
    mutating func tree() -> [UInt8] {
        if let encodedTree { return encodedTree }
        let encoded = group.tree.encoded
        encodedTree = encoded
        return encoded
    }

    /// Keeps a proposal for the epoch's commit.
    mutating func insert(_ message: MessageIn) throws(MLSRefusal) {
        let verified = try group.open(message).verified()
        guard verified.contentType == .proposal else { throw .wrongContentForSender }
        _ = try group.process(verified, rules: rules)
    }
}
