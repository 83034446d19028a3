// SPDX-License-Identifier: Apache-2.0

public import Base
public import Membership

/// A meeting as one member's screen would show it: what the events so far come to.
public struct MeetingView: Sendable {
    /// One's place among the others.
    public enum Phase: Hashable, Sendable {
        case outside
        case waiting(hostPresent: Bool)
        case inside
        case over(MemberEvent.Ending)
    }

    public struct Words: Hashable, Sendable {
        public let epoch: UInt64
        /// Of the group in this epoch: equal for all who see the same group.
        public let group: [UInt16]
        /// Of who is in it.
        public let roster: [UInt16]
    }

    public private(set) var phase = Phase.outside
    /// Whose act ended it, and the node's word for why.
    public private(set) var endedBy: ParticipantID?
    public private(set) var reason = ""
    public private(set) var own: ParticipantID?
    public private(set) var people: [ParticipantID: MemberEvent.Person] = [:]
    /// Who has gone, and whose act it was.
    public private(set) var gone: [ParticipantID: ParticipantID?] = [:]
    public private(set) var policy: MeetingPolicy?
    /// Names of those who wait.
    public private(set) var knocks: [ParticipantID: String] = [:]
    public private(set) var chat: [MemberEvent.Chat] = []
    public private(set) var reactions: [(from: ParticipantID, reaction: String)] = []
    /// Ids of messages that the node has passed on, and of those that it hasn't.
    public private(set) var sent: Set<[UInt8]> = []
    public private(set) var notSent: [[UInt8]: String] = [:]
    public private(set) var mutedBy: [ParticipantID] = []
    public private(set) var link: LinkSecret?
    /// What a page would keep.
    public private(set) var identity: [UInt8]?
    public private(set) var words: Words?
    public private(set) var shortCode: ShortCodeState?
    public private(set) var warnings: [Warning] = []
    /// What was asked for and couldn't be done.
    public private(set) var failures: [(request: String, reason: String)] = []

    public init() {}

    public var isInside: Bool { phase == .inside }
    public var isOver: Bool { if case .over = phase { true } else { false } }

    /// Somebody of this name.
    public func person(named name: String) -> MemberEvent.Person? {
        people.values.first { $0.name == Array(name.utf8) }
    }

    public mutating func apply(_ event: MemberEvent) {
        switch event {
        case .phase(let phase): self.phase = Phase(phase)
        case .over(let ending, let by, let reason):
            phase = .over(ending)
            endedBy = by
            self.reason = String(decoding: reason, as: UTF8.self)
        case .own(let participant): own = participant
        case .person(let person):
            people[person.participant] = person
            gone[person.participant] = nil
        case .gone(let participant, let by):
            people[participant] = nil
            gone[participant] = .some(by)
        case .policy(let policy): self.policy = policy
        case .knock(let participant, let name, _): knocks[participant] = String(decoding: name, as: UTF8.self)
        case .knockGone(let participant): knocks[participant] = nil
        case .chat(let line): chat.append(line)
        case .sent(let id): sent.insert(id)
        case .notSent(let id, let reason): notSent[id] = String(decoding: reason, as: UTF8.self)
        case .reaction(let from, let reaction): reactions.append((from, String(decoding: reaction, as: UTF8.self)))
        case .mutedBy(let participant): mutedBy.append(participant)
        case .link(let secret): link = LinkSecret(secret)
        case .identity(let bytes): identity = bytes
        case .words(let epoch, let words, let roster): self.words = Words(epoch: epoch, group: words, roster: roster)
        case .shortCode(let state): shortCode = state
        case .warning(let warning): warnings.append(warning)
        case .failed(let request, let reason):
            failures.append((String(decoding: request, as: UTF8.self), String(decoding: reason, as: UTF8.self)))
        case .handLoweredBy, .startedAt: break
        }
    }
}

extension MeetingView.Phase {
    /// ``MemberEvent/phase(_:)``'s number.
    fileprivate init(_ number: UInt8) {
        switch number {
        case 1: self = .waiting(hostPresent: true)
        case 2: self = .waiting(hostPresent: false)
        case 3: self = .inside
        default: self = .outside
        }
    }
}
