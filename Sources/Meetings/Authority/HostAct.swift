// SPDX-License-Identifier: Apache-2.0

public import Base
import MLS
public import Membership

/// Proof that somebody was allowed to do something to others. Only judging makes one: by the role that a leaf of the
/// group has, or by a commit that everybody has checked.
///
/// |             | carried by                       | host     | co-host | guest |
/// |-------------|----------------------------------|----------|---------|-------|
/// | remove      | a verified commit                | everyone | guests  | no    |
/// | lock        | a verified commit                | yes      | yes     | no    |
/// | deny a knock| a message of a host's connection | yes      | yes     | no    |
/// | end for all | a message of a host's connection | yes      | no      | no    |
///
/// That a removal or a lock is within the committer's power is for `MeetingRules`, the same in every client.
public struct HostAct: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case remove
        case lock
        case deny
        case end
    }

    public let kind: Kind
    public let by: ParticipantID

    private init(_ kind: Kind, by: ParticipantID) {
        self.kind = kind
        self.by = by
    }

    /// An act that is a message to the node, of somebody whose leaf has this role.
    public static func judge(_ kind: Kind, by actor: ParticipantID, role: Role) -> HostAct? {
        let isAllowed =
            switch kind {
            case .deny: role.isKeeper
            case .end: role == .host
            // Nobody's word: only a commit does it.
            case .remove, .lock: false
            }
        return isAllowed ? HostAct(kind, by: actor) : nil
    }

    /// The removal of somebody in an accepted commit, if its author proposed it in their own name.
    static func removal(of leaf: LeafIndex, in change: GroupChange, by author: ParticipantID) -> HostAct? {
        guard change.committer.leaf != nil else { return nil }
        let isByAuthor = change.items.contains { item in
            item.proposal == .remove(leaf) && item.sender == change.committer && !item.isByReference
        }
        return isByAuthor ? HostAct(.remove, by: author) : nil
    }

    /// The lock, if an accepted commit closes it.
    static func lock(_ change: GroupChange, by author: ParticipantID) -> HostAct? {
        let isLocked = MeetingPolicy(change.extensions)?.locked == true
        let wasLocked = MeetingPolicy(change.before.extensions)?.locked == true
        return isLocked && !wasLocked ? HostAct(.lock, by: author) : nil
    }

    /// The lock of a group that is founded locked; its founder has shown the host proof.
    static func lock(_ founding: Founding<some CryptoProvider>) -> HostAct? {
        founding.epoch.policy.locked ? HostAct(.lock, by: founding.founder) : nil
    }
}
