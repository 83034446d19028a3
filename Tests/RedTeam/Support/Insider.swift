// SPDX-License-Identifier: Apache-2.0

import Base
import MeetingSupport
import NativeCrypto

@testable import MLS
@testable import Membership

/// A member who doesn't run our client: it has a member's keys and says what it likes.
final class Insider {
    let id: ParticipantID
    var group: NativeGroup
    private var count: UInt32
    private let run: UInt32
    private let preSharedKeys: PreSharedKeys
    private var heard: Int

    /// Takes over where the member is. Who goes on as the member as well uses its keys twice.
    init(_ member: SimulatedMember, _ trial: Trial) throws {
        id = member.id
        group = try trial.keys(of: member)
        run = member.member.courier.run
        count = member.member.courier.count
        preSharedKeys = member.member.preSharedKeys
        heard = trial.node.room?.backlog.count ?? 0
    }

    /// Goes along with the commits and proposals that were passed on since.
    func follow(_ trial: Trial) throws {
        let backlog = trial.node.room?.backlog ?? []
        for entry in backlog[heard...] {
            switch entry.message {
            case .commit(_, _, let commit):
                let received = try group.receive(commit, rules: OpenRules(), preSharedKeys: preSharedKeys)
                if case .commit(let staged) = received { try group.adopt(staged) }
            case .proposal(_, let proposal): _ = try group.receive(proposal, rules: OpenRules())
            default: break
            }
        }
        heard = backlog.count
    }

    /// What the node passes on to all, or to one.
    func encrypt(_ message: MeetingMessage, to: ParticipantID? = nil, _ trial: Trial) throws -> [UInt8] {
        if to == nil { count += 1 }
        return try group.encrypt(
            message.encoded,
            authenticatedData: Envelope(run: run, count: count, to: to).encoded,
            paddingBlock: 256,
            using: &trial.randomness
        ).encoded
    }

    func say(_ message: MeetingMessage, to: ParticipantID? = nil, _ trial: Trial) throws {
        let encrypted = try encrypt(message, to: to, trial)
        if let to {
            trial.node.deliver(.message(sequence: 0, from: id, message: encrypted), to: to)
        } else {
            trial.node.broadcast(except: id) { .message(sequence: $0, from: self.id, message: encrypted) }
        }
    }
}
