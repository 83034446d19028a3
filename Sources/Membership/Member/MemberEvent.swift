// SPDX-License-Identifier: Apache-2.0

public import Base

/// What the person is shown.
public enum MemberEvent: Sendable, WireEncodable {
    /// Somebody in the meeting, as they have said of themselves.
    public struct Person: Hashable, Sendable {
        public var participant: ParticipantID
        /// Empty until their statement has come.
        public var name: [UInt8]
        public var role: Role
        public var flags: PersonFlags
        public var connected: Bool
        /// A host turned their microphone off; nothing of it is to be heard until they turn it on again.
        public var isMuted: Bool
    }

    public struct Chat: Hashable, Sendable {
        public var id: [UInt8]
        public var from: ParticipantID
        public var name: [UInt8]
        public var text: [UInt8]
        /// `nil`: to all.
        public var to: ParticipantID?
        /// Milliseconds since 1970 by the author's clock.
        public var at: UInt64
    }

    public enum Ending: UInt8, Hashable, Sendable {
        case left = 0
        /// By a host's commit that we have checked.
        case removed = 1
        /// By a host's signed word.
        case ended = 2
        /// The node turned us away, and says why.
        case refused = 3
        /// The node cut us off without any of these.
        case interrupted = 4
        /// What runs at the node isn't the link's meeting.
        case foreignRoom = 5
    }

    /// Our place among the others has changed: 0 asked, 1 waiting at the door with a host inside, 2 with none, 3 inside.
    case phase(UInt8)
    case over(Ending, by: ParticipantID?, reason: [UInt8])
    case own(ParticipantID)
    /// Came or changed.
    case person(Person)
    case gone(ParticipantID, by: ParticipantID?)
    case policy(MeetingPolicy)
    /// Somebody at the door whom we may let in. By an old link comes also who was removed.
    case knock(ParticipantID, name: [UInt8], byOldLink: Bool)
    case knockGone(ParticipantID)
    case chat(Chat)
    /// The node has passed our message on.
    case sent(id: [UInt8])
    case notSent(id: [UInt8], reason: [UInt8])
    case reaction(ParticipantID, [UInt8])
    case mutedBy(ParticipantID)
    case handLoweredBy(ParticipantID)
    /// The current link's secret.
    case link(secret: [UInt8])
    /// Keep it for a page that is loaded again: ``MemberIdentity``.
    case identity([UInt8])
    /// The group's words in this epoch: twelve numbers of 11 bits; and those of who is in it, four.
    case words(epoch: UInt64, words: [UInt16], roster: [UInt16])
    case shortCode(ShortCodeState)
    case warning(Warning)
    case startedAt(UInt64)
    case failed(request: [UInt8], reason: [UInt8])

    public func write(into writer: inout ByteWriter) {
        switch self {
        case .phase(let phase):
            writer.write(UInt8(0))
            writer.write(phase)
        case .over(let ending, let by, let reason):
            writer.write(UInt8(1))
            writer.write(ending.rawValue)
            writer.writeOptional(by)
            writer.writeOpaque(reason)
        case .own(let participant):
            writer.write(UInt8(2))
            writer.write(participant)
        case .person(let person):
            writer.write(UInt8(3))
            writer.write(person.participant)
            writer.writeOpaque(person.name)
            writer.write(person.role.rawValue)
            writer.write(person.flags.rawValue)
            writer.writeFlag(person.connected)
            writer.writeFlag(person.isMuted)
        case .gone(let participant, let by):
            writer.write(UInt8(4))
            writer.write(participant)
            writer.writeOptional(by)
        case .policy(let policy):
            writer.write(UInt8(5))
            writer.writeFlag(policy.locked)
            writer.writeFlag(policy.lobby)
            writer.writeFlag(policy.accountable)
            writer.write(policy.absence.rawValue)
            writer.write(policy.history.rawValue)
        case .knock(let participant, let name, let byOldLink):
            writer.write(UInt8(6))
            writer.write(participant)
            writer.writeOpaque(name)
            writer.writeFlag(byOldLink)
        case .knockGone(let participant):
            writer.write(UInt8(7))
            writer.write(participant)
        case .chat(let chat):
            writer.write(UInt8(8))
            writer.writeOpaque(chat.id)
            writer.write(chat.from)
            writer.writeOpaque(chat.name)
            writer.writeOpaque(chat.text)
            writer.writeOptional(chat.to)
            writer.write(chat.at)
        case .sent(let id):
            writer.write(UInt8(9))
            writer.writeOpaque(id)
        case .notSent(let id, let reason):
            writer.write(UInt8(10))
            writer.writeOpaque(id)
            writer.writeOpaque(reason)
        case .reaction(let participant, let reaction):
            writer.write(UInt8(11))
            writer.write(participant)
            writer.writeOpaque(reaction)
        case .mutedBy(let participant):
            writer.write(UInt8(12))
            writer.write(participant)
        case .handLoweredBy(let participant):
            writer.write(UInt8(13))
            writer.write(participant)
        case .link(let secret):
            writer.write(UInt8(14))
            writer.writeOpaque(secret)
        case .identity(let bytes):
            writer.write(UInt8(15))
            writer.writeOpaque(bytes)
        case .words(let epoch, let words, let roster):
            writer.write(UInt8(16))
            writer.write(epoch)
            for word in words { writer.write(word) }
            for word in roster { writer.write(word) }
        case .shortCode(let state):
            writer.write(UInt8(17))
            state.write(into: &writer)
        case .warning(let warning):
            writer.write(UInt8(18))
            writer.write(warning.kind.rawValue)
            writer.writeOptional(warning.about)
            writer.writeOpaque(warning.detail)
        case .startedAt(let time):
            writer.write(UInt8(19))
            writer.write(time)
        case .failed(let request, let reason):
            writer.write(UInt8(20))
            writer.writeOpaque(request)
            writer.writeOpaque(reason)
        }
    }
}

extension ByteWriter {
    fileprivate mutating func writeOptional(_ participant: ParticipantID?) {
        writeFlag(participant != nil)
        if let participant { write(participant) }
    }
}
