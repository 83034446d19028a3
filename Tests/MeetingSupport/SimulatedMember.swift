// SPDX-License-Identifier: Apache-2.0

public import Base
public import Membership
public import NativeCrypto
import TestSupport

/// A member with a socket that is a queue: what it wants sent goes to the stage, what it shows is kept.
public final class SimulatedMember {
    public private(set) var member: Member<NativeCrypto>
    public let identity: MemberIdentity
    var randomness: SeededRandomness
    /// Whether the socket to the node is open.
    public internal(set) var isOpen = false
    /// Whether it asked for a new socket.
    var wantsReconnect = false

    public private(set) var events: [MemberEvent] = []
    public private(set) var frames: [FrameKeyChange] = []

    public init(_ identity: MemberIdentity, _ settings: MemberSettings, seed: UInt64) throws {
        randomness = SeededRandomness(seed: seed)
        self.identity = identity
        member = try Member(identity, settings, using: &randomness)
    }

    /// A copy of somebody's whole state.
    public init(_ member: Member<NativeCrypto>, of original: SimulatedMember, seed: UInt64) {
        randomness = SeededRandomness(seed: seed)
        identity = original.identity
        self.member = member
    }

    public var id: ParticipantID { member.own }
    public var deadline: Moment? { member.nextDeadline }

    func handle(_ input: MemberInput, now: Moment, clock: UInt64) -> [NodeRequest] {
        var requests: [NodeRequest] = []
        for output in member.handle(input, now: now, clock: clock, using: &randomness) {
            switch output {
            case .send(.reconnect): wantsReconnect = true
            case .send(let request): requests.append(request)
            case .frames(let change): frames.append(change)
            case .event(let event): events.append(event)
            }
        }
        return requests
    }

    // MARK: what it shows

    public var isInside: Bool {
        for event in events.reversed() {
            if case .phase(let phase) = event { return phase == 3 && ending == nil }
        }
        return false
    }

    public var ending: (ending: MemberEvent.Ending, by: ParticipantID?, reason: String)? {
        for case .over(let ending, let by, let reason) in events {
            return (ending, by, String(decoding: reason, as: UTF8.self))
        }
        return nil
    }

    public var warnings: [Warning] {
        events.compactMap { if case .warning(let warning) = $0 { warning } else { nil } }
    }

    public var warningKinds: Set<Warning.Kind> { Set(warnings.map(\.kind)) }

    public var chat: [String] {
        events.compactMap {
            if case .chat(let chat) = $0 { String(decoding: chat.text, as: UTF8.self) } else { nil }
        }
    }

    /// Who is shown at the door, by name.
    public var atDoor: [String] {
        var names: [ParticipantID: String] = [:]
        for event in events {
            switch event {
            case .knock(let participant, let name, _): names[participant] = String(decoding: name, as: UTF8.self)
            case .knockGone(let participant): names[participant] = nil
            default: break
            }
        }
        return names.values.sorted()
    }

    /// Who was shown as gone, in order.
    public var gone: [(participant: ParticipantID, by: ParticipantID?)] {
        events.compactMap { if case .gone(let participant, let by) = $0 { (participant, by) } else { nil } }
    }

    /// What was refused to the person, in order.
    public var failures: [String] {
        events.compactMap {
            if case .failed(let request, let reason) = $0 {
                String(decoding: request, as: UTF8.self) + " " + String(decoding: reason, as: UTF8.self)
            } else {
                nil
            }
        }
    }

    /// Ids of own messages that the node has passed on, and of those that it hasn't.
    public var sent: [String] {
        events.compactMap { if case .sent(let id) = $0 { String(decoding: id, as: UTF8.self) } else { nil } }
    }

    public var mutedBy: [ParticipantID] {
        events.compactMap { if case .mutedBy(let actor) = $0 { actor } else { nil } }
    }

    public var handLoweredBy: [ParticipantID] {
        events.compactMap { if case .handLoweredBy(let actor) = $0 { actor } else { nil } }
    }

    public var lastPhase: UInt8? {
        for event in events.reversed() { if case .phase(let phase) = event { return phase } }
        return nil
    }

    /// Everybody as last shown, by id; who went is gone.
    public var people: [ParticipantID: MemberEvent.Person] {
        var people: [ParticipantID: MemberEvent.Person] = [:]
        for event in events {
            switch event {
            case .person(let person): people[person.participant] = person
            case .gone(let participant, _): people[participant] = nil
            default: break
            }
        }
        return people
    }

    public func name(of participant: ParticipantID) -> String? {
        people[participant].map { String(decoding: $0.name, as: UTF8.self) }
    }

    public var words: [UInt16] {
        for event in events.reversed() {
            if case .words(_, let words, _) = event { return words }
        }
        return []
    }

    public var shortCode: ShortCodeState? {
        for event in events.reversed() {
            if case .shortCode(let state) = event { return state }
        }
        return nil
    }

    public var policy: MeetingPolicy? {
        for event in events.reversed() {
            if case .policy(let policy) = event { return policy }
        }
        return nil
    }

    /// The current link as last shown.
    public var linkSecret: LinkSecret? {
        for event in events.reversed() {
            if case .link(let secret) = event { return LinkSecret(secret) }
        }
        return nil
    }

    /// What a page that is loaded again would come back with.
    public var storedIdentity: MemberIdentity? {
        for event in events.reversed() {
            if case .identity(let bytes) = event { return try? MemberIdentity(decoding: bytes) }
        }
        return nil
    }

    /// The base key of an epoch's frames.
    public func frameKey(_ epoch: UInt64) -> Secret? {
        for case .addEpoch(let added) in frames.reversed() where added.epoch == epoch { return added.baseKey }
        return nil
    }

    public var newestEpoch: UInt64? {
        for case .addEpoch(let added) in frames.reversed() { return added.epoch }
        return nil
    }

    /// Epochs whose frames are nobody's.
    public var voided: [UInt64] {
        frames.compactMap { if case .voidEpoch(let epoch) = $0 { epoch } else { nil } }
    }

    public var sendingEpoch: UInt64? {
        for change in frames.reversed() {
            if case .startSending(let epoch) = change { return epoch }
        }
        return nil
    }
}
