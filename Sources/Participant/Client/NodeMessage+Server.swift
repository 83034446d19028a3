// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Membership

extension NodeMessage {
    /// What of the node's words is for the member; `nil` for those about media and the connection.
    init?(_ message: ServerMessage) {
        switch message {
        case .door(let door): self = .door(Door(door))
        case .vacant(_, let key): self = .vacant(nodeKey: key)
        case .waiting(let hostPresent): self = .waiting(hostPresent: hostPresent)
        case .group(let epoch, let groupInfo, let tree): self = .group(epoch: epoch, groupInfo: groupInfo, tree: tree)
        case .refused(let reason): self = .refused(reason: Array(reason.rawValue.utf8))
        case .welcome(let entrance): self = .welcome(Welcome(entrance))
        case .accepted(let request, let epoch, let sequence):
            self = .accepted(request: UInt32(clamping: request), epoch: epoch, sequence: sequence)
        case .commit(let sequence, let epoch, let commit):
            self = .commit(sequence: sequence, epoch: epoch, commit: commit)
        case .proposal(let sequence, let proposal): self = .proposal(sequence: sequence, proposal: proposal)
        case .reopened(let sequence, let epoch, let refusals):
            self = .reopened(sequence: sequence, epoch: epoch, refusals: refusals)
        case .ready(let epoch): self = .ready(epoch: epoch)
        case .sent(let request, _): self = .sent(request: UInt32(clamping: request))
        case .message(let sequence, let from, let message):
            self = .message(sequence: sequence ?? 0, from: from, message: message)
        case .participant(let presence): self = .participant(Present(presence))
        case .knock(let knock): self = .knock(SealedKnock(knock))
        case .knockGone(let participant): self = .knockGone(participant)
        case .ended: self = .ended
        case .removed: self = .removed
        case .error(let code, let request, let detail):
            self = .error(
                code: Array(code.rawValue.utf8),
                request: UInt32(clamping: request ?? 0),
                detail: Array(detail.utf8)
            )
        case .published, .subscribe, .speakers, .quality, .draining, .pong: return nil
        }
    }
}

extension NodeMessage.Door {
    fileprivate init(_ door: Meetings.Door) {
        self.init(
            card: door.card,
            isCurrent: door.current,
            epoch: door.epoch,
            generation: door.generation,
            lobby: door.lobby,
            locked: door.locked,
            hostPresent: door.hostPresent,
            accountable: door.accountable
        )
    }
}

extension NodeMessage.Welcome {
    fileprivate init(_ entrance: Entrance) {
        self.init(
            isResumed: entrance.resumed,
            resume: Array(entrance.resume.text.utf8),
            epoch: entrance.epoch,
            sequence: entrance.sequence,
            present: entrance.participants.map { NodeMessage.Present($0) },
            knocks: entrance.knocks.map { NodeMessage.SealedKnock($0) },
            welcome: entrance.welcome ?? [],
            tree: entrance.tree ?? [],
            invitation: entrance.invitation ?? []
        )
    }
}

extension NodeMessage.Present {
    fileprivate init(_ presence: Presence) {
        self.init(participant: presence.id, connected: presence.connected)
    }
}

extension NodeMessage.SealedKnock {
    fileprivate init(_ knock: Meetings.SealedKnock) {
        self.init(participant: knock.participant, alias: Array(knock.meeting.text.utf8), knock: knock.knock)
    }
}
