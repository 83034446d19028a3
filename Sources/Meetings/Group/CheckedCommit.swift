// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import Membership

/// A commit that everybody can follow, as far as can be seen without keys. Only made by checking.
struct CheckedCommit<Crypto: CryptoProvider>: Sendable {
    /// Who sends it: a member by its leaf, or somebody from outside by its key package.
    enum Author: Sendable {
        case member(ParticipantID)
        case outsider(ParticipantID, alias: MeetingID)

        var participant: ParticipantID {
            switch self {
            case .member(let id), .outsider(let id, _): id
            }
        }
    }

    /// Somebody whom the commit adds, with the part of the Welcome that is theirs.
    struct Addition: Sendable {
        let keyPackage: KeyPackage
        let participant: ParticipantID
        let welcome: [UInt8]
        let invitation: [UInt8]?
    }

    let author: ParticipantID
    let isExternal: Bool
    let bytes: [UInt8]
    let change: GroupChange
    let additions: [Addition]
    /// Whose leaf goes, with the leaf as it was.
    let gone: [ParticipantID: LeafIndex]
    let next: RoomEpoch<Crypto>
    /// The new link's alias, if there is one.
    let newAlias: MeetingID?

    init(
        _ request: CommitRequest,
        by author: Author,
        in epoch: RoomEpoch<Crypto>,
        limits: MeetingLimits
    ) throws(CommitFault) {
        guard request.epoch == epoch.number else { throw .stale }
        self.author = author.participant
        bytes = request.commit
        let message: MessageIn
        do throws(MLSRefusal) { message = try MessageIn(decoding: request.commit) } catch { throw .group(error) }
        guard case .publicMessage(let opened) = message.message, case .commit = opened.content.content else {
            throw .group(.notAHandshakeMessage)
        }
        // Before anything dear: the epoch is in the clear, too.
        guard opened.content.epoch == epoch.number else { throw .stale }
        switch author {
        case .member(let id):
            guard let leaf = epoch.leaves[id], opened.content.sender == .member(leaf) else { throw .otherSender }
            isExternal = false
        case .outsider(_, let alias):
            guard opened.content.sender == .newMemberCommit else { throw .otherSender }
            guard alias == epoch.links.current.alias else { throw .olderLink }
            isExternal = true
        }
        var group = epoch.group
        do throws(MLSRefusal) {
            let verified = try group.open(message).verified()
            guard case .commit(let staged) = try group.process(verified, rules: epoch.rules) else {
                throw .wrongContentForSender
            }
            change = staged.change
            try group.adopt(staged)
        } catch {
            throw .group(error)
        }
        // Unseen by tests: the rules have refused a commit without one.
        guard let policy = MeetingPolicy(change.extensions) else { throw .group(.applicationRule(1)) }
        let roster = try Roster(change, epoch: epoch, author: author)
        guard roster.leaves.count <= limits.participants else { throw .full }
        gone = roster.gone
        additions = try Self.additions(change, request, suite: group.suite)
        let links = try Self.links(request.link, epoch, policy, limits)
        newAlias = request.link?.alias
        next = RoomEpoch(
            group,
            policy: policy,
            sealedGroupInfo: request.groupInfo,
            links: links,
            leaves: roster.leaves
        )
    }

    /// Everybody who is added finds their secrets in the Welcome, and nobody else is in it.
    private static func additions(
        _ change: GroupChange,
        _ request: CommitRequest,
        suite: CryptoSuite<Crypto>
    ) throws(CommitFault) -> [Addition] {
        let added = change.items.compactMap { item -> KeyPackage? in
            if case .add(let keyPackage) = item.proposal { keyPackage } else { nil }
        }
        guard let welcome = request.welcome else {
            guard added.isEmpty, request.invitations.isEmpty else { throw .welcomeMismatch }
            return []
        }
        guard case .welcome(let whole)? = try? MessageIn(decoding: welcome).message,
            whole.secrets.count == added.count, !added.isEmpty
        else { throw .welcomeMismatch }
        var secrets: [[UInt8]: EncryptedGroupSecrets] = [:]
        for entry in whole.secrets { secrets[entry.newMember] = entry }
        var additions: [Addition] = []
        for keyPackage in added {
            guard let own = secrets[keyPackage.reference(suite)] else { throw .welcomeMismatch }
            var part = whole
            part.secrets = [own]
            let participant = ParticipantID(signatureKey: keyPackage.leafNode.signatureKey, with: Crypto.self)
            additions.append(
                Addition(
                    keyPackage: keyPackage,
                    participant: participant,
                    welcome: MLSMessage.welcome(part).encoded,
                    invitation: request.invitations.first { $0.participant == participant }?.invitation
                )
            )
        }
        return additions
    }

    private static func links(
        _ link: CommitRequest.Link?,
        _ epoch: RoomEpoch<Crypto>,
        _ policy: MeetingPolicy,
        _ limits: MeetingLimits
    ) throws(CommitFault) -> RoomLinks {
        guard (policy.linkGeneration != epoch.policy.linkGeneration) == (link != nil) else { throw .linkMismatch }
        guard let link else { return epoch.links }
        guard epoch.links.link(link.alias) == nil else { throw .aliasTaken }
        var links = epoch.links
        links.rotate(to: RoomLinks.Link(alias: link.alias, card: link.card), keeping: limits.olderLinks)
        return links
    }
}

/// Whose leaf is where after a commit.
private struct Roster {
    var leaves: [ParticipantID: LeafIndex]
    var gone: [ParticipantID: LeafIndex] = [:]

    init<Crypto>(
        _ change: GroupChange,
        epoch: RoomEpoch<Crypto>,
        author: CheckedCommit<Crypto>.Author
    ) throws(CommitFault) {
        func id(_ member: GroupChange.Member) -> ParticipantID {
            ParticipantID(signatureKey: member.node.signatureKey, with: Crypto.self)
        }
        leaves = epoch.leaves
        for member in change.removed {
            let participant = id(member)
            leaves[participant] = nil
            gone[participant] = member.leaf
        }
        for member in change.added {
            guard leaves.updateValue(member.leaf, forKey: id(member)) == nil else { throw .participantTaken }
        }
        guard case .outsider(let participant, _) = author else { return }
        guard let path = change.path, id(path) == participant else { throw .otherSender }
        guard leaves.updateValue(path.leaf, forKey: participant) == nil else { throw .participantTaken }
    }
}
