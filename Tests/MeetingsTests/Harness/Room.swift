// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import MLS
import Meetings
import Membership
import NativeCrypto
import TestSupport

/// A node with one room and its people, driven one message at a time. What the node says reaches the clients at once.
final class Room {
    var node: Node
    let card: Card
    let link: MeetingLink
    let hostKey: Secret
    private(set) var clients: [Client] = []
    /// Sees everything after the clients did.
    var watcher: (([DirectoryAction]) -> Void)?
    private var randomness: SeededRandomness

    init(seed: UInt64 = 7, _ change: (inout MeetingLimits) -> Void = { _ in }) throws {
        node = Node(change)
        randomness = SeededRandomness(seed: seed)
        hostKey = try NativeCrypto.generateSignatureKey(.ed25519, using: &randomness)
        card = Card(hostKey: try NativeCrypto.publicKey(.ed25519, of: hostKey))
        link = try MeetingLink(card, nonce: randomness.bytes(32), with: NativeCrypto.self)
    }

    /// Somebody with keys and a link, not connected yet.
    func client(host: Bool = false, link: MeetingLink? = nil) throws -> Client {
        let client = try Client(
            link: link ?? self.link,
            hostKey: host ? hostKey : nil,
            connection: ConnectionID(rawValue: 0),
            seed: randomness.next()
        )
        clients.append(client)
        return client
    }

    // MARK: steps

    @discardableResult
    func handle(_ input: DirectoryInput) throws -> [DirectoryAction] {
        let actions = node.handle(input)
        try deliver(actions)
        return actions
    }

    @discardableResult
    func say(_ client: Client, _ message: ClientMessage) throws -> [DirectoryAction] {
        try handle(.received(client.connection, message.serialized()))
    }

    @discardableResult
    func pass(_ interval: Interval) throws -> [DirectoryAction] {
        node.now = node.now + interval
        return try handle(.timeout)
    }

    @discardableResult
    func cut(_ client: Client) throws -> [DirectoryAction] { try handle(.disconnected(client.connection)) }

    private func deliver(_ actions: [DirectoryAction]) throws {
        defer { watcher?(actions) }
        for case .send(let message, let receivers) in actions {
            for client in clients where receivers.contains(client.connection) { try client.receive(message) }
        }
    }

    /// On a fresh connection.
    @discardableResult
    func join(
        _ client: Client,
        create: Bool = false,
        resume: ResumeToken? = nil,
        media: JoinRequest.MediaChoice = .keep
    ) throws -> [DirectoryAction] {
        client.connection = node.connect()
        return try say(client, client.join(create: create, resume: resume, media: media))
    }

    // MARK: whole ways in

    /// A room with its host in it.
    func found(policy: (inout MeetingPolicy) -> Void = { _ in }) throws -> Client {
        let host = try client(host: true)
        let asked = try join(host, create: true)
        guard case .vacant(_, let key)? = asked.told(host).first else { throw Client.Missing() }
        try say(host, .found(host.found(nodeKey: key, policy: policy)))
        guard host.group != nil else { throw Client.Missing() }
        return host
    }

    /// Asks for the group and makes the commit with which one comes in.
    func entry(_ client: Client) throws -> CommitRequest {
        for case .group(_, let info, let tree) in try say(client, .look).told(client) {
            return try client.enter(groupInfo: info, tree: tree)
        }
        throw Client.Missing()
    }

    /// In by an external commit.
    @discardableResult
    func comeIn(_ client: Client) throws -> [DirectoryAction] {
        try join(client)
        return try say(client, .commit(entry(client)))
    }

    /// Somebody new, in by an external commit.
    func guest() throws -> Client {
        let guest = try client(link: clients.first?.link)
        try comeIn(guest)
        guard guest.group != nil else { throw Client.Missing() }
        return guest
    }

    /// A room with a host and guests, all of whom have the newest keys.
    func gathering(of guests: Int, policy: (inout MeetingPolicy) -> Void = { _ in }) throws -> [Client] {
        var people = [try found(policy: policy)]
        for _ in 0..<guests { people.append(try guest()) }
        for person in people { try acknowledge(person) }
        return people
    }

    @discardableResult
    func acknowledge(_ client: Client) throws -> [DirectoryAction] {
        guard let epoch = client.group?.epoch else { throw Client.Missing() }
        return try say(client, .ack(epoch))
    }

    /// Whether all who are in are in the same epoch of the same group.
    func agree(_ people: [Client]) -> Bool {
        let contexts = people.map { $0.group?.context }
        return contexts.first.map { first in first != nil && contexts.allSatisfy { $0 == first } } ?? true
    }
}
