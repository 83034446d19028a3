// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import Membership

/// The newest accepted commit, while those who can't follow it may say so.
struct ContestedCommit<Crypto: CryptoProvider>: Sendable {
    /// The room as it was.
    let before: RoomEpoch<Crypto>
    let author: ParticipantID
    let bytes: [UInt8]
    let newAlias: MeetingID?
    /// Those who went with it: if it is void, their places are theirs again.
    let gone: [Member]
    let until: Moment
    /// In the order in which they came.
    private(set) var refusals: [(by: ParticipantID, bytes: [UInt8])] = []

    init(
        _ commit: CheckedCommit<Crypto>,
        before: RoomEpoch<Crypto>,
        gone: [Member],
        until: Moment
    ) {
        self.before = before
        author = commit.author
        bytes = commit.bytes
        newAlias = commit.newAlias
        self.gone = gone
        self.until = until
    }

    /// Takes a member's signed word; false if it isn't one, or says nothing of this commit.
    mutating func add(_ bytes: [UInt8], by participant: ParticipantID) -> Bool {
        guard participant != author, let leaf = before.leaves[participant],
            let refusal = try? CommitRefusal(decoding: bytes), refusal.leaf == leaf,
            refusal.isValid(of: self.bytes, in: before.group)
        else { return false }
        if !refusals.contains(where: { $0.by == participant }) { refusals.append((participant, bytes)) }
        return true
    }

    /// Whether more than half of the others in the epoch that it left refuse it. Counted over the tree, not over who is
    /// connected: members recount it, and a node could tell them anything about connections.
    var isRefused: Bool {
        let others = before.leaves.count - (before.leaves[author] == nil ? 0 : 1)
        return refusals.count * 2 > others
    }
}
