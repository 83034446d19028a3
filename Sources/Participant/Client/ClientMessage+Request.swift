// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Membership

extension ClientMessage {
    /// A member's request as it goes to the node; `nil` for what isn't the node's business, or can't be said to it.
    ///
    /// - Parameter media: what becomes of the peer connections when a place is taken up again.
    init?(_ request: NodeRequest, media: JoinRequest.MediaChoice) {
        switch request {
        case .join(let alias, let keyPackage, let create, let resume, let since):
            guard let meeting = MeetingID(String(decoding: alias, as: UTF8.self)) else { return nil }
            self = .join(
                JoinRequest(
                    meeting: meeting,
                    keyPackage: keyPackage,
                    create: create,
                    resume: resume.isEmpty ? nil : ResumeToken(String(decoding: resume, as: UTF8.self)),
                    since: since,
                    media: media
                )
            )
        case .found(let groupInfo, let tree, let sealedGroupInfo, let card):
            self = .found(
                FoundRequest(groupInfo: groupInfo, tree: tree, sealedGroupInfo: sealedGroupInfo, card: card)
            )
        case .knock(let knock): self = .knock(knock)
        case .look: self = .look
        case .commit(let commit):
            guard let request = CommitRequest(commit) else { return nil }
            self = .commit(request)
        case .message(let request, let message, let to):
            self = .message(message, to: to, request: request == 0 ? nil : Int(request))
        case .propose(let proposal): self = .propose(proposal)
        case .ack(let epoch): self = .ack(epoch)
        case .refuse(let refusal): self = .refuse(refusal)
        case .deny(let participant): self = .deny(participant)
        case .end: self = .end
        case .leave: self = .leave
        case .reconnect: return nil
        }
    }
}

extension CommitRequest {
    fileprivate init?(_ commit: NodeRequest.Commit) {
        var link: Link?
        if let new = commit.link {
            guard let alias = MeetingID(String(decoding: new.alias, as: UTF8.self)) else { return nil }
            link = Link(alias: alias, card: new.card)
        }
        self.init(
            epoch: commit.epoch,
            commit: commit.commit,
            welcome: commit.welcome.isEmpty ? nil : commit.welcome,
            groupInfo: commit.groupInfo,
            link: link,
            invitations: commit.invitations.map { Invitation(participant: $0.participant, invitation: $0.invitation) },
            request: Int(commit.request)
        )
    }
}
