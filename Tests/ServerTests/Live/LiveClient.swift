// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import Meetings
import Membership
import NativeCrypto

/// A meeting's link, and the host key of its card.
struct LiveLink {
    let link: MeetingLink
    let hostKey: Secret

    init() throws {
        var randomness = SystemRandomness()
        hostKey = try NativeCrypto.generateSignatureKey(.ed25519, using: &randomness)
        let card = Card(hostKey: try NativeCrypto.publicKey(.ed25519, of: hostKey))
        link = try MeetingLink(card, nonce: randomness.bytes(32), with: NativeCrypto.self)
    }
}

/// A client with real keys on a real socket.
final class LiveClient {
    let socket: RawClient
    let keys: Client

    /// Connected, and not at any door yet.
    static func connect(_ link: LiveLink, isHost: Bool = false, port: Int) async throws -> LiveClient {
        let socket = try await RawClient.connect(port: port)
        guard try await socket.upgrade() == "HTTP/1.1 101 Switching Protocols" else { throw Client.Missing() }
        var randomness = SystemRandomness()
        let client = try Client(
            link: link.link,
            hostKey: isHost ? link.hostKey : nil,
            connection: ConnectionID(rawValue: 0),
            seed: randomness.next()
        )
        return LiveClient(socket, client)
    }

    /// In a room that it has founded.
    static func host(_ link: LiveLink, port: Int) async throws -> LiveClient {
        let host = try await connect(link, isHost: true, port: port)
        try await host.say(host.keys.join(create: true))
        guard case .vacant(_, let key)? = await host.next("vacant") else { throw Client.Missing() }
        try await host.say(.found(host.keys.found(nodeKey: key)))
        guard await host.next("welcome") != nil else { throw Client.Missing() }
        return host
    }

    private init(_ socket: RawClient, _ keys: Client) {
        self.socket = socket
        self.keys = keys
    }

    func say(_ message: ClientMessage) async throws {
        try await socket.send(opcode: 1, message.serialized())
    }

    /// The next message of that type; all on the way to it are followed. `nil` at the end of the connection.
    func next(_ type: String) async -> ServerMessage? {
        while let text = await socket.message(containing: #""type""#) {
            guard let message = try? ServerMessage(parsing: Array(text.utf8)) else { continue }
            try? keys.receive(message)
            if message.type == type { return message }
        }
        return nil
    }
}
