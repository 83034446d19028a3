// SPDX-License-Identifier: Apache-2.0

import Base
import Membership
import NIOPosix
import Participant
import Testing
import WebClient

@testable import Server

/// A whole node with its media on free ports of this machine, and members who come to it.
struct LiveNode {
    let address: NodeAddress
    let loop: MediaLoop
    private let members = Members()

    private actor Members {
        private var all: [Participant] = []

        func add(_ participant: Participant) { all.append(participant) }

        func leave() async {
            for participant in all { await participant.vanish() }
        }
    }

    /// Runs `body` against a node, then stops the node the way a signal does.
    static func run(_ body: @Sendable (LiveNode) async throws -> Void) async throws {
        let settings = try await SettingsSources(commandLine: [.port: ["0"]]).resolve()
        var configuration = MediaPlaneConfiguration()
        configuration.ports = 0...0
        let media = MediaPlane(configuration)
        try media.start()
        let (ready, continuation) = AsyncStream.makeStream(of: Int.self)
        let app = try App(
            settings,
            App.Parts(
                bundle: WebBundle(contents: ["/index.html": "landing", "/m.html": "meeting"]),
                media: media,
                onReady: { continuation.yield($0) }
            )
        )
        let loop = try MediaLoop.start()
        defer { loop.stop() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await app.run() }
            var port = 0
            for await opened in ready {
                port = opened
                break
            }
            let node = LiveNode(address: NodeAddress(host: "127.0.0.1", port: port, usesTLS: false), loop: loop)
            do {
                try await body(node)
            } catch {
                await node.members.leave()
                await app.stop()
                throw error
            }
            await node.members.leave()
            await app.stop()
            try await group.waitForAll()
        }
    }

    /// A new meeting's host, who is in it, and the meeting's link.
    func host(_ name: String) async throws -> (Participant, LinkSecret) {
        let host = try await Participant.found(
            at: address,
            MemberSettings(name: Array(name.utf8)),
            loop: loop,
            group: MultiThreadedEventLoopGroup.singleton
        )
        await members.add(host)
        try await host.wait { $0.link != nil }
        return (host, try #require(await host.link))
    }

    /// Somebody with a link, who isn't in yet.
    func guest(_ name: String, _ link: LinkSecret) async throws -> Participant {
        let guest = try await Participant.join(
            link,
            at: address,
            name: name,
            loop: loop,
            group: MultiThreadedEventLoopGroup.singleton
        )
        await members.add(guest)
        return guest
    }

    /// The same, inside.
    func guestInside(_ name: String, _ link: LinkSecret) async throws -> Participant {
        let guest = try await guest(name, link)
        try await guest.waitUntilInside()
        return guest
    }
}

extension Participant {
    func track(_ source: TrackSource) throws -> TrackID {
        TrackID(participant: try #require(id), source: source)
    }
}
