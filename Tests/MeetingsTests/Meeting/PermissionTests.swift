// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Testing

/// Who may do what: the whole table, tried on the meeting and not only on ``HostAct``.
@Suite("Role × command")
struct PermissionTests {
    enum Command: String, CaseIterable {
        case admit, deny, admitAll, mute, muteAll, remove, lock, lobby, lowerHand, makeCohost, makeGuest, end

        var isTargeted: Bool { [.mute, .remove, .lowerHand, .makeCohost, .makeGuest].contains(self) }

        func message(_ target: ParticipantID, waiting: ParticipantID) -> ClientMessage {
            switch self {
            case .admit: .admit(waiting)
            case .deny: .deny(waiting)
            case .admitAll: .admitAll
            case .mute: .mute(target)
            case .muteAll: .muteAll
            case .remove: .remove(target)
            case .lock: .lock(true)
            case .lobby: .lobby(false)
            case .lowerHand: .lowerHand(target)
            case .makeCohost: .role(target, isCohost: true)
            case .makeGuest: .role(target, isCohost: false)
            case .end: .end
            }
        }

        /// The table of docs/protocol.md, written down once more by hand.
        func isAllowed(_ actor: Role, on target: Role) -> Bool {
            switch (self, actor) {
            case (_, .guest): false
            case (.admit, _), (.deny, _), (.admitAll, _), (.muteAll, _), (.lock, _), (.lobby, _): true
            case (.mute, .host), (.remove, .host), (.lowerHand, .host): true
            case (.mute, .cohost), (.remove, .cohost), (.lowerHand, .cohost): target == .guest
            case (.makeCohost, .host), (.makeGuest, .host): target != .host
            case (.makeCohost, .cohost), (.makeGuest, .cohost): false
            case (.end, .host): true
            case (.end, .cohost): false
            }
        }
    }

    private func room(_ actor: Role, _ target: Role) -> (Room, [Room.Person], ParticipantID) {
        var room = Room()
        let owner = room.join("Owner", host: true)
        let people = [actor, target].map { role in
            let person = room.join(host: role == .host)
            if role == .cohost { _ = room.say(owner, .role(person.id, isCohost: true)) }
            _ = room.say(person, .state(StateChange(microphone: true, hand: true)))
            return person
        }
        _ = room.say(owner, .lobby(true))
        let waiting = room.knock().id
        return (room, people, waiting)
    }

    @Test("each role may do to each role exactly what the table says", arguments: Command.allCases, Role.allCases)
    func table(command: Command, actor: Role) {
        for target in Role.allCases {
            var (room, people, waiting) = room(actor, target)
            let before = room.roster
            let actions = room.say(people[0], command.message(people[1].id, waiting: waiting))
            if command.isAllowed(actor, on: target) {
                #expect(actions.errors.isEmpty, "\(actor) \(command) \(target)")
                let isNoChange =
                    switch command {
                    case .makeCohost: target == .cohost
                    case .makeGuest: target == .guest
                    // Then there is nobody whom the actor may mute.
                    case .muteAll: actor == .cohost && target != .guest
                    default: false
                    }
                #expect(actions.isEmpty == isNoChange, "\(actor) \(command) \(target)")
            } else {
                #expect(actions.errors == [.notAllowed], "\(actor) \(command) \(target)")
                #expect(actions.count == 1)
                #expect(room.roster == before)
            }
        }
    }

    @Test("nobody acts as a host on oneself", arguments: Command.allCases.filter(\.isTargeted), Role.allCases)
    func oneself(command: Command, role: Role) {
        var (room, people, waiting) = room(role, .guest)
        #expect(room.say(people[0], command.message(people[0].id, waiting: waiting)).errors == [.notAllowed])
    }

    @Test(
        "whoever isn't here is no target, and a guest doesn't learn that",
        arguments: Command.allCases.filter(\.isTargeted)
    )
    func nobody(command: Command) {
        let stranger = ParticipantID(rawValue: 99)
        for role in Role.allCases {
            var (room, people, waiting) = room(role, .guest)
            let actions = room.say(people[0], command.message(stranger, waiting: waiting))
            #expect(actions.errors == [role == .guest ? .notAllowed : .noSuchParticipant])
        }
    }

    @Test("muting all mutes exactly those whom the actor may mute one by one", arguments: [Role.host, .cohost])
    func muteAll(role: Role) {
        for target in Role.allCases {
            var (room, people, _) = room(role, target)
            let actions = room.say(people[0], .muteAll)
            let silenced = actions.media.contains(.pause(TrackID(participant: people[1].id, source: .microphone), true))
            #expect(silenced == Command.mute.isAllowed(role, on: target))
            #expect(!actions.media.contains(.pause(TrackID(participant: people[0].id, source: .microphone), true)))
        }
    }

    @Test("the proof of a permission fits its act and its actor")
    func proofs() {
        #expect(HostAct.judge(.mute, by: Samples.ana, role: .host) == nil)
        #expect(HostAct.judge(.end, by: Samples.ana, role: .host, on: Samples.bo, role: .guest) == nil)
        #expect(HostAct.judge(.end, by: Samples.ana, role: .host)?.by == Samples.ana)
        #expect(HostAct.judge(.end, by: Samples.ana, role: .host)?.kind == .end)
    }
}
