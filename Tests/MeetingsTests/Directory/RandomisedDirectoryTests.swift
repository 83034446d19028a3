// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import MLS
import Meetings
import Membership
import NativeCrypto
import TestSupport
import Testing

/// Hundreds of random steps with real groups, against a model that knows only what clients are told.
@Suite("Random meetings")
struct RandomisedDirectoryTests {
    private final class World {
        let room: Room
        var randomness: SeededRandomness
        var people: [Client] = []
        /// Whose socket is open.
        var open: Set<ConnectionID> = []
        /// Who is in, as the media plane knows it.
        var plane: Set<ParticipantID> = []
        var tally: [String: Int] = [:]

        init(seed: UInt64) throws {
            randomness = SeededRandomness(seed: seed)
            room = try Room(seed: seed) {
                $0.participants = 6
                $0.knocks = 2
                $0.outsiders = 3
                $0.backlogEntries = 20
            }
            room.watcher = { [unowned self] in self.watch($0) }
            people = [try room.client(host: true), try room.client(host: true)]
            for _ in 0..<5 { people.append(try room.client()) }
        }

        /// Takes the actions in as the clients would, and checks what must always hold.
        private func watch(_ actions: [DirectoryAction]) {
            for action in actions {
                switch action {
                case .send(let message, let receivers):
                    tally[message.type, default: 0] += 1
                    #expect(!receivers.isEmpty && Set(receivers).count == receivers.count)
                    // Nobody who is removed, closed or gone is told anything.
                    for receiver in receivers { #expect(open.contains(receiver), "\(message) to a closed connection") }
                case .close(let connection, _, let cause):
                    #expect(open.remove(connection) != nil)
                    for person in people where person.connection == connection { leave(person, cause) }
                case .media(let command, _): perform(command)
                case .ended, .drained: break
                }
            }
        }

        private func leave(_ person: Client, _ cause: Cause) {
            // A place that is kept may be resumed; others are gone for good.
            if case .limit(.rate) = cause { return }
            if cause != .ownAct { person.group = nil }
        }

        /// The media plane is told only of those who are in, and of their coming and going once.
        private func perform(_ command: MediaCommand) {
            switch command {
            case .join(let participant): #expect(plane.insert(participant).inserted)
            case .leave(let participant): #expect(plane.remove(participant) != nil)
            case .close: plane = []
            case .publish(let participant, _, _, _), .answer(let participant, _, _),
                .restartSubscriber(let participant),
                .layers(let participant, _):
                #expect(plane.contains(participant))
            }
        }

        private func isOpen(_ person: Client) -> Bool { open.contains(person.connection) }

        private func connect(_ person: Client, resume: Bool) throws {
            if isOpen(person) {
                open.remove(person.connection)
                try room.cut(person)
            }
            let connection = room.node.connect()
            open.insert(connection)
            person.connection = connection
            if !resume || person.group == nil {
                person.group = nil
                person.token = nil
            }
            let isFounder = room.node.directory.meetingCount == 0
            let joined = try room.say(person, person.join(create: isFounder, resume: person.token))
            if joined.entrance(person) == nil { person.group = nil }
            if case .vacant(_, let key)? = joined.told(person).first {
                try room.say(
                    person,
                    .found(person.found(nodeKey: key) { $0.lobby = Bool.random(using: &self.randomness) })
                )
            }
        }

        func step() throws {
            room.node.now = room.node.now + .milliseconds(Int64.random(in: 0...1_500, using: &randomness))
            guard let person = people.randomElement(using: &randomness) else { return }
            let isInside = isOpen(person) && person.group != nil
            switch Int.random(in: 0..<22, using: &randomness) {
            case 0, 1: try connect(person, resume: Bool.random(using: &randomness))
            case 2:
                guard isOpen(person) else { return }
                open.remove(person.connection)
                try room.cut(person)
            case 3, 4:
                if let deadline = room.node.directory.nextDeadline { room.node.now = max(room.node.now, deadline) }
                try room.handle(.timeout)
            case 5, 6, 20, 21:
                guard isOpen(person), !isInside, let entry = try? room.entry(person) else { return }
                try room.say(person, .commit(entry))
            case 7: if isOpen(person), !isInside { try room.say(person, .knock([1])) }
            case 8, 9, 18, 19: if isInside { try commit(person) }
            case 10, 16, 17:
                if isInside, let words = try? person.message("x", request: 1) { try room.say(person, words) }
            case 11: if isInside { try room.acknowledge(person) }
            case 12: if isInside, let goodbye = try? person.goodbye() { try room.say(person, goodbye) }
            case 13:
                guard isOpen(person) else { return }
                try room.say(person, Bool.random(using: &randomness) ? .leave : .away)
                if !isInside { person.group = nil }
            case 14: if isInside { try room.say(person, .publish(request: 1, offer: "o", sources: [])) }
            default: if isInside, Int.random(in: 0..<12, using: &randomness) == 0 { try room.say(person, .end) }
            }
        }

        private func commit(_ person: Client) throws {
            let outside = people.filter { isOpen($0) && $0.group == nil }
            let inside = people.filter { $0.group != nil && $0 !== person }
            let request: CommitRequest?
            switch Int.random(in: 0..<4, using: &randomness) {
            case 0: request = try? person.commit(remove: inside.randomElement(using: &randomness).map { [$0] } ?? [])
            case 1: request = try? person.commit { $0.lobby.toggle() }
            default: request = try? person.commit(add: Array(outside.prefix(2)))
            }
            if let request { try room.say(person, .commit(request)) }
        }

        /// Everybody who is connected and in has the same group, and media only those who are in it.
        func check() {
            let inside = people.filter { isOpen($0) && $0.group != nil }
            #expect(room.agree(inside))
            guard let group = inside.first?.group else { return }
            let ids = Set(
                group.tree.members.map { ParticipantID(signatureKey: $0.node.signatureKey, with: NativeCrypto.self) }
            )
            #expect(plane.isSubset(of: ids) && inside.allSatisfy { ids.contains($0.id) && plane.contains($0.id) })
            #expect(room.node.directory.connectionCount == open.count)
        }
    }

    @Test("whatever happens, those inside agree and nobody else is told anything")
    func run() throws {
        var tally: [String: Int] = [:]
        for seed in 1...3 as ClosedRange<UInt64> {
            let world = try World(seed: seed)
            for _ in 0..<800 {
                try world.step()
                world.check()
            }
            try world.room.handle(.drain)
            try world.room.pass(.seconds(3))
            #expect(world.open.isEmpty && world.room.node.directory.meetingCount == 0, "seed \(seed)")
            tally.merge(world.tally, uniquingKeysWith: +)
        }
        // It was no empty play.
        for type in ["commit", "accepted", "welcome", "proposal", "message", "knock", "door"] {
            #expect((tally[type] ?? 0) >= 10, "\(type) of \(tally)")
        }
    }

    @Test("random bytes and damaged messages at any moment neither trap nor end anybody else's meeting")
    func fuzz() throws {
        let room = try Room()
        let people = try room.gathering(of: 1)
        var randomness = SeededRandomness(seed: 11)
        var words = ClientMessageTests.examples.filter { !$0.contains("join") }.map { Array($0.utf8) }
        // Real ones, too: so that damage gets past the outer layers.
        words += [
            try ClientMessage.commit(people[1].commit()).serialized(), try people[1].message("x").serialized(),
            try people[1].refusal(of: [1]).serialized(),
        ]
        for _ in 0..<4_000 {
            room.node.now = room.node.now + .milliseconds(6_000)
            var bytes = words.randomElement(using: &randomness) ?? []
            for _ in 0..<Int.random(in: 1...3, using: &randomness) where !bytes.isEmpty {
                let index = Int.random(in: bytes.indices, using: &randomness)
                // Letters for letters, or the outermost layer stops it all.
                bytes[index] = UInt8(ascii: "A") + UInt8.random(in: 0..<26, using: &randomness)
            }
            let actions = room.node.handle(.received(people[1].connection, bytes))
            #expect(actions.closing(people[0]) == nil)
            if actions.closing(people[1]) != nil {
                people[1].connection = room.node.connect()
                people[1].isDeaf = true
                _ = room.node.say(people[1].connection, people[1].join())
            }
            _ = room.node.handle(.timeout)
        }
        #expect(try room.say(people[0], .ping(1)) == [.send(.pong(1), to: [people[0].connection])])
    }
}
