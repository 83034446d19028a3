// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import MLS
import Meetings
import Membership
import NativeCrypto
import Testing

@Suite("Founding a room")
struct FoundingTests {
    @Test("who holds the host key is told that the room is vacant, founds it and is in")
    func founding() throws {
        let room = try Room()
        let host = try room.client(host: true)
        let asked = try room.join(host, create: true)
        guard case .vacant(let id, let key)? = asked.told(host).first else { return #expect(Bool(false)) }
        #expect(id == host.id && key.count == 32)
        #expect(room.node.directory.meetingCount == 0)
        let founded = try room.say(host, .found(host.found(nodeKey: key)))
        #expect(founded.types(host) == ["welcome", "ready"])
        let entrance = try #require(founded.entrance(host))
        #expect(entrance.own == host.id && entrance.epoch == 0 && entrance.sequence == 0 && !entrance.resumed)
        #expect(entrance.participants == [Presence(id: host.id, connected: true)])
        #expect(founded.media == [.join(host.id)])
        #expect(room.node.directory.meetingCount == 1)
    }

    @Test("without the wish to found there is no such room")
    func notFound() throws {
        let room = try Room()
        let guest = try room.client()
        let asked = try room.join(guest)
        #expect(asked.refusal(guest) == .notFound && asked.closing(guest)?.cause == .ownAct)
        #expect(room.node.directory.connectionCount == 0)
    }

    @Test("whoever is slower finds a door instead")
    func race() throws {
        let room = try Room()
        let first = try room.client(host: true)
        let second = try room.client(host: true)
        guard case .vacant(_, let firstKey)? = try room.join(first, create: true).told(first).first,
            case .vacant(_, let secondKey)? = try room.join(second, create: true).told(second).first
        else { return #expect(Bool(false)) }
        #expect(firstKey != secondKey)
        let late = try second.found(nodeKey: secondKey)
        try room.say(first, .found(first.found(nodeKey: firstKey)))
        let answer = try room.say(second, .found(late))
        #expect(answer.door(second)?.key == firstKey)
        #expect(try room.say(second, .commit(room.entry(second))).entrance(second) != nil)
        #expect(room.agree([first, second]))
    }

    private func answer(
        host: Bool = true,
        _ request: (Client, [UInt8]) throws -> FoundRequest
    ) throws -> [DirectoryAction] {
        let room = try Room()
        let founder = try room.client(host: host)
        guard case .vacant(_, let key)? = try room.join(founder, create: true).told(founder).first else {
            throw Client.Missing()
        }
        let answer = try room.say(founder, .found(request(founder, key)))
        #expect(room.node.directory.meetingCount == 0)
        #expect(answer.errors == [.found] && answer.closing(founder) == nil)
        return answer
    }

    @Test("a group that can't be a room is refused by the rule that it breaks")
    func faults() throws {
        #expect(try answer { try $0.found(nodeKey: $1, withExternalPub: true) }.rules == ["externalPub"])
        #expect(try answer { client, _ in try client.found(nodeKey: [1]) }.rules == ["externalSenders"])
        #expect(try answer(host: false) { try $0.found(nodeKey: $1) }.rules == ["hostProof"])
        #expect(
            try answer { client, key in
                try client.found(nodeKey: key) {
                    $0 = MeetingPolicy(cardHash: Array(repeating: 1, count: 32), hostKey: $0.hostKey)
                }
            }.rules == ["hostProof"]
        )
        func damaged(_ change: @escaping (FoundRequest, Client) -> FoundRequest) throws -> [String] {
            try answer { client, key in change(try client.found(nodeKey: key), client) }.rules
        }
        #expect(
            try damaged { request, _ in
                FoundRequest(groupInfo: [1, 2], tree: request.tree, sealedGroupInfo: [], card: [])
            } == ["malformed"]
        )
        #expect(
            try damaged { request, client in
                FoundRequest(groupInfo: client.keyPackage, tree: request.tree, sealedGroupInfo: [], card: [])
            } == ["notAGroupInfo"]
        )
        #expect(
            try damaged { request, _ in
                FoundRequest(groupInfo: request.groupInfo, tree: [], sealedGroupInfo: [], card: [])
            } == ["malformed"]
        )
        var flipped: [UInt8] = []
        let wrong = try damaged { request, _ in
            flipped = request.groupInfo
            flipped[flipped.count - 1] ^= 1
            return FoundRequest(groupInfo: flipped, tree: request.tree, sealedGroupInfo: [], card: [])
        }
        #expect(wrong == ["groupInfoSignatureInvalid"])
    }

    @Test("another's group, a later epoch, or company can't be founded")
    func notAlone() throws {
        let other = try Room()
        let people = try other.gathering(of: 1)
        let group = try #require(people[0].group)
        let info = MLSMessage.groupInfo(try group.groupInfo(withTree: false, withExternalPub: false)).encoded
        let later = FoundRequest(groupInfo: info, tree: group.tree.encoded, sealedGroupInfo: [], card: [])
        #expect(try answer { _, _ in later }.rules == ["notTheFirstEpoch"])
        let foreign = try Room(seed: 8)
        let stranger = try foreign.client(host: true)
        #expect(try answer { _, key in try stranger.found(nodeKey: key) }.rules == ["notAlone"])
    }

    @Test("bad groups without end cost the connection")
    func patience() throws {
        let room = try Room()
        let founder = try room.client(host: true)
        try room.join(founder, create: true)
        var closed: (reason: CloseReason, cause: Cause)?
        for _ in 0..<20 where closed == nil {
            let bad = FoundRequest(groupInfo: [], tree: [], sealedGroupInfo: [], card: [])
            closed = try room.say(founder, .found(bad)).closing(founder)
        }
        #expect(closed?.reason == .busy && closed?.cause == .limit(.rate))
    }

    @Test("a vacant room isn't held for anybody: thirty seconds, and only what belongs there is followed")
    func timeout() throws {
        let room = try Room()
        let founder = try room.client(host: true)
        try room.join(founder, create: true)
        #expect(try room.say(founder, .ping(3)).told(founder) == [.pong(3)])
        #expect(try room.say(founder, .look).errors == [.outOfOrder])
        #expect(try room.pass(.milliseconds(29_999)).isEmpty)
        let over = try room.pass(.milliseconds(1))
        #expect(over.refusal(founder) == .timeout && over.closing(founder)?.cause == .limit(.doorTimeout))
        let another = try room.client(host: true)
        try room.join(another, create: true)
        #expect(try room.say(another, .leave).closing(another)?.reason == .left)
    }
}
