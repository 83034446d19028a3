// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import TestSupport
import Testing

/// Thousands of random steps against a model that knows only what clients are told.
@Suite("Random meetings")
struct RandomisedDirectoryTests {
    private struct Client {
        var own: ParticipantID?
        var token: ResumeToken?
        /// Who the others are, from messages alone.
        var roster: Set<ParticipantID> = []
        var meeting: MeetingID?
    }

    private struct World {
        var node: Node
        var randomness: SeededRandomness
        var open: [ConnectionID: Client] = [:]
        var tokens: [ResumeToken] = []
        var known: [ParticipantID] = []
        var steps = 0
        /// Who is in, as the media plane knows it.
        var plane: [MeetingID: Set<ParticipantID>] = [:]

        /// In an order of its own: a dictionary's changes from run to run.
        private var connections: [ConnectionID] { open.keys.sorted { $0.rawValue < $1.rawValue } }

        /// Takes the actions in as the clients would, and checks what must always hold.
        mutating func receive(_ actions: [DirectoryAction]) {
            for action in actions {
                switch action {
                case .send(let message, let receivers):
                    #expect(!receivers.isEmpty && Set(receivers).count == receivers.count)
                    for receiver in receivers {
                        // Nobody who is removed, closed or gone is told anything.
                        #expect(open[receiver] != nil, "\(message) to a closed connection")
                        read(message, receiver)
                    }
                case .close(let connection, _, _):
                    #expect(open[connection] != nil)
                    open[connection] = nil
                case .media(let command, let meeting): perform(command, in: meeting)
                case .ended, .drained: break
                }
            }
        }

        /// The media plane is told only of those who are in, and of their coming and going once.
        private mutating func perform(_ command: MediaCommand, in meeting: MeetingID) {
            switch command {
            case .join(let participant): #expect(plane[meeting, default: []].insert(participant).inserted)
            case .leave(let participant): #expect(plane[meeting]?.remove(participant) != nil)
            case .close: plane[meeting] = nil
            case .publish(let participant, _, _, _), .answer(let participant, _, _),
                .restartSubscriber(let participant),
                .layers(let participant, _):
                #expect(plane[meeting]?.contains(participant) == true)
            case .pause(let track, _): #expect(plane[meeting]?.contains(track.participant) == true)
            }
        }

        private mutating func read(_ message: ServerMessage, _ receiver: ConnectionID) {
            switch message {
            case .welcome(let welcome):
                open[receiver]?.own = welcome.own
                open[receiver]?.token = welcome.resume
                open[receiver]?.roster = Set(welcome.participants.map(\.id))
                tokens.append(welcome.resume)
                known.append(welcome.own)
                #expect(welcome.participants.contains { $0.id == welcome.own })
                #expect(welcome.participants.count <= 6 && welcome.knocks.count <= 3 && welcome.chat.count <= 5)
            case .participant(let view): open[receiver]?.roster.insert(view.id)
            case .left(let participant, _):
                #expect(participant != open[receiver]?.own)
                open[receiver]?.roster.remove(participant)
            case .knock(let knock): known.append(knock.participant)
            default: break
            }
        }

        /// Everybody who is in a meeting knows the same people.
        func check() {
            for meeting in [Samples.meeting, Samples.otherMeeting] {
                let inside = open.values.filter { $0.meeting == meeting && $0.own != nil }
                #expect(Set(inside.map(\.roster)).count <= 1)
                #expect(Set(inside.compactMap(\.own)).count == inside.count)
                #expect(inside.allSatisfy { client in client.own.map(client.roster.contains) == true })
            }
            #expect(node.directory.connectionCount == open.count)
            #expect(node.directory.meetingCount <= 2)
        }

        mutating func randomMessage() -> ClientMessage {
            let target = known.suffix(12).randomElement(using: &randomness) ?? Samples.ana
            let flag = Bool.random(using: &randomness)
            switch Int.random(in: 0..<22, using: &randomness) {
            case 0: return Bool.random(using: &randomness) ? .leave : .away
            case 1: return .publish(request: Int.random(in: 0...3, using: &randomness), offer: "o", sources: [])
            case 2: return .answer(request: Int.random(in: 0...3, using: &randomness), answer: "a")
            case 3: return .restartSubscriber
            case 4: return .layers([LayerWish(track: TrackID(participant: target, source: .camera), layer: .low)])
            case 5, 6: return .state(StateChange(microphone: flag, hand: Bool.random(using: &randomness)))
            case 7: return .rename(Samples.name(flag ? "A" : "B"))
            case 8, 9: return .chat(Samples.chatID("c"), Samples.text("x"), to: flag ? target : nil)
            case 10: return .admit(target)
            case 11: return .deny(target)
            case 12: return .admitAll
            case 13: return .mute(target)
            case 14: return .muteAll
            case 15: return .remove(target)
            case 16: return .lock(flag)
            case 17, 18: return .lobby(flag)
            case 19: return .lowerHand(target)
            case 20: return .role(target, isCohost: flag)
            default: return Int.random(in: 0..<8, using: &randomness) == 0 ? .end : .ping(1)
            }
        }

        mutating func randomEvent() -> MediaEvent {
            let target = known.suffix(12).randomElement(using: &randomness) ?? Samples.ana
            let request = Int.random(in: 0...3, using: &randomness)
            switch Int.random(in: 0..<6, using: &randomness) {
            case 0: return .published(target, request: request, answer: "a")
            case 1: return .publishRefused(target, request: request, reason: .malformed)
            case 2: return .subscribe(target, request: request, offer: "o", tracks: [])
            case 3: return .speakers([SpeakerLevel(participant: target, level: 9)])
            case 4: return .quality(target, ConnectionQuality.allCases.randomElement(using: &randomness) ?? .good)
            default: return .connection(target, .publisher, .lost)
            }
        }

        mutating func step() {
            steps += 1
            node.now = node.now + .milliseconds(Int64.random(in: 0...600, using: &randomness))
            let meeting = Int.random(in: 0..<4, using: &randomness) == 0 ? Samples.otherMeeting : Samples.meeting
            switch Int.random(in: 0..<12, using: &randomness) {
            case 0, 1:
                let connection = ConnectionID(rawValue: UInt64(steps))
                open[connection] = Client()
                receive(node.handle(.connected(connection)))
            case 2, 3:
                guard let connection = connections.first(where: { open[$0]?.meeting == nil }) else { return }
                let isHost = Int.random(in: 0..<3, using: &randomness) == 0
                let resumes = Bool.random(using: &randomness)
                let request = JoinRequest(
                    meeting: meeting,
                    name: Samples.name("Name"),
                    create: isHost,
                    hostToken: isHost ? Samples.hostToken : nil,
                    resume: resumes ? tokens.suffix(8).randomElement(using: &randomness) : nil,
                    media: Bool.random(using: &randomness) ? .keep : .new
                )
                open[connection]?.meeting = meeting
                receive(node.say(connection, .join(request)))
            case 4:
                guard
                    let connection = connections.randomElement(
                        using: &randomness
                    )
                else { return }
                open[connection] = nil
                receive(node.handle(.disconnected(connection)))
            case 5:
                if let deadline = node.directory.nextDeadline { node.now = max(node.now, deadline) }
                receive(node.handle(.timeout))
            case 6: receive(node.handle(.media(meeting, randomEvent())))
            default:
                guard
                    let connection = connections.randomElement(
                        using: &randomness
                    )
                else { return }
                receive(node.say(connection, randomMessage()))
            }
        }
    }

    @Test(
        "whatever happens: everybody knows the same people, the gone hear nothing, and the bounds hold",
        arguments: 1...8 as ClosedRange<UInt64>
    )
    func invariants(seed: UInt64) {
        let node = Node {
            $0.participants = 6
            $0.knocks = 3
            $0.chatMessages = 5
            $0.voidTokens = 4
            $0.endedMeetings = 1
            $0.endedMemory = .seconds(20)
        }
        var world = World(node: node, randomness: SeededRandomness(seed: seed))
        for _ in 0..<4_000 {
            world.step()
            world.check()
        }
        #expect(world.known.count > 100)
        world.receive(world.node.handle(.drain))
        world.receive(world.node.pass(.seconds(3)))
        #expect(world.open.isEmpty && world.node.directory.meetingCount == 0)
    }

    @Test("random bytes and damaged messages at any moment neither trap nor end anybody else's meeting")
    func fuzz() {
        var node = Node()
        var randomness = SeededRandomness(seed: 11)
        let host = node.join(create: true, host: Samples.hostToken)
        let words = ClientMessageTests.examples.filter { !$0.contains("join") }.map { Array($0.utf8) }
        var fuzzer = node.join().connection
        for _ in 0..<20_000 {
            node.now = node.now + .milliseconds(400)
            var bytes = words.randomElement(using: &randomness) ?? []
            for _ in 0..<Int.random(in: 0...3, using: &randomness) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &randomness)] = UInt8.random(in: 0...255, using: &randomness)
            }
            let actions = node.handle(.received(fuzzer, bytes))
            #expect(actions.closing(host.connection) == nil)
            if actions.closing(fuzzer) != nil { fuzzer = node.join().connection }
            _ = node.handle(.timeout)
        }
        #expect(node.say(host.connection, .ping(1)) == [.send(.pong(1), to: [host.connection])])
    }
}
