// SPDX-License-Identifier: Apache-2.0

import Base
import ClientSupport
import Foundation
import Meetings
import Testing

@testable import Server

@Suite("A node on the network", .timeLimit(.minutes(10)))
struct NodeTests {
    @Test("two people meet in a group of their own, and one hears the other; media's words arrive")
    func meeting() async throws {
        try await LiveNode.run { _, port, media in
            let link = try LiveLink()
            let ana = try await LiveClient.host(link, port: port)
            let ben = try await LiveClient.connect(link, port: port)
            // In three fragments, with a ping between them.
            let text = ben.keys.join().serialized()
            try await ben.socket.send(opcode: 1, Array(text[..<10]), fin: false)
            try await ben.socket.send(opcode: 9, [1, 2])
            try await ben.socket.send(opcode: 0, Array(text[10..<20]), fin: false)
            try await ben.socket.send(opcode: 0, Array(text[20...]))
            #expect(await ben.next("door") != nil)
            try await ben.say(.look)
            guard case .group(_, let info, let tree)? = await ben.next("group") else { return #expect(Bool(false)) }
            try await ben.say(.commit(ben.keys.enter(groupInfo: info, tree: tree)))
            #expect(await ben.next("welcome") != nil)
            #expect(await ana.next("commit") != nil)
            try await ben.say(ben.keys.message("hello"))
            guard case .message(_, let from, _)? = await ana.next("message") else { return #expect(Bool(false)) }
            #expect(from == ben.keys.id)
            try await ana.say(
                .publish(request: 5, offer: "offer", sources: [MidSource(mid: "0", source: .camera)])
            )
            #expect(await ana.next("published") == .published(request: 5, answer: "answer to offer"))
            #expect(media.commands.count == 3)
        }
    }

    @Test("as much as a client may send goes through, once it stands at the door")
    func large() async throws {
        try await LiveNode.run { _, port, _ in
            let link = try LiveLink()
            let ana = try await LiveClient.host(link, port: port)
            let large = ClientMessage.publish(
                request: 1,
                offer: String(repeating: "a", count: ClientMessage.maximumSize - 100),
                sources: []
            )
            try await ana.say(large)
            #expect(await ana.next("published") != nil)
            let stranger = try await LiveClient.connect(link, port: port)
            try await stranger.say(large)
            #expect(await stranger.socket.closeCode() == 1009)
        }
    }

    @Test("plain requests are answered beside signalling, and other paths don't upgrade")
    func paths() async throws {
        try await LiveNode.run { _, port, _ in
            let client = try await RawClient.connect(port: port)
            try await client.get("/signal")
            #expect(await client.head()?.hasPrefix("HTTP/1.1 426") == true)
            let wrong = try await RawClient.connect(port: port)
            #expect(try await wrong.upgrade(path: "/elsewhere") == "HTTP/1.1 404 Not Found")
            let old = try await RawClient.connect(port: port)
            try await old.get("/signal", adding: "Upgrade: h2c\r\nConnection: Upgrade\r\n")
            #expect(await old.head()?.hasPrefix("HTTP/1.1 426") == true)
        }
    }

    @Test("a page of another origin is let in by default, and kept out where origins are listed")
    func origins() async throws {
        try await LiveNode.run { _, port, _ in
            let client = try await RawClient.connect(port: port)
            #expect(try await client.upgrade(adding: "Origin: https://elsewhere.example\r\n").contains("101"))
        }
        try await LiveNode.run({ $0.allowedOrigins = .listed(["https://meet.example"]) }) { _, port, _ in
            let stranger = try await RawClient.connect(port: port)
            #expect(try await stranger.upgrade(adding: "Origin: https://elsewhere.example\r\n").contains("403"))
            let known = try await RawClient.connect(port: port)
            #expect(try await known.upgrade(adding: "Origin: https://meet.example\r\n").contains("101"))
        }
    }

    @Test("what isn't a message ends the connection with its reason, and nobody else's")
    func badFrames() async throws {
        try await LiveNode.run { _, port, _ in
            let ana = try await LiveClient.host(LiveLink(), port: port)
            let offences: [(Int, @Sendable (RawClient) async throws -> Void)] = [
                (1007, { try await $0.send(opcode: 1, [0xC3, 0x28]) }),
                (1003, { try await $0.send(opcode: 2, [1, 2, 3]) }),
                (1002, { try await $0.send(opcode: 1, [97], isMasked: false) }),
                (1002, { try await $0.send(opcode: 0, [97]) }),
                (1002, { try await $0.send(opcode: 9, [97], fin: false) }),
                (1009, { try await $0.send([0x81, 0xFF, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4]) }),
                (
                    1009,
                    { try await $0.send([0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4]) }
                ),
            ]
            for (code, offend) in offences {
                let client = try await RawClient.connect(port: port)
                _ = try await client.upgrade()
                try await offend(client)
                #expect(await client.closeCode() == code)
                await client.closed()
            }
            try await ana.say(.ping(9))
            #expect(await ana.next("pong") == .pong(9))
        }
    }

    @Test("a message that can't be followed gets a typed error, and the connection goes on")
    func typedErrors() async throws {
        try await LiveNode.run { _, port, _ in
            let ana = try await LiveClient.host(LiveLink(), port: port)
            try await ana.socket.sendText("not json")
            #expect(await ana.next("error") == .error(.malformed, request: nil, detail: "not JSON"))
            try await ana.socket.sendText(#"{"type":"fly"}"#)
            #expect(await ana.next("error") == .error(.unknownType, request: nil, detail: "type"))
            try await ana.say(.ping(1))
            #expect(await ana.next("pong") == .pong(1))
        }
    }

    @Test("strangers who say nothing make room for people, and cost people nothing")
    func halfOpen() async throws {
        let small: (inout Settings) -> Void = { settings in
            settings.limits = ConnectionLimits(total: 60, waiting: 40, waitingPerAddress: 40)
        }
        try await LiveNode.run(small) { _, port, _ in
            let link = try LiveLink()
            let ana = try await LiveClient.host(link, port: port)
            var strangers: [RawClient] = []
            for number in 0..<150 {
                let stranger = try await RawClient.connect(port: port)
                if number % 3 == 1 { try await stranger.send("GET /sig") }
                if number % 3 == 2 { try await stranger.send("GET / HTTP/1.1\r\nHost: a\r\nX: ") }
                strangers.append(stranger)
            }
            // The first ones were let go long before any time ran out.
            for stranger in strangers.prefix(60) { await stranger.closed() }
            let ben = try await LiveClient.connect(link, port: port)
            try await ben.say(ben.keys.join())
            #expect(await ben.next("door") != nil)
            try await ana.say(.ping(1))
            #expect(await ana.next("pong") == .pong(1))
            for stranger in strangers { await stranger.close() }
        }
    }

    @Test("on stopping everyone is told, every connection ends, and the node with them")
    func draining() async throws {
        try await LiveNode.run { app, port, media in
            let ana = try await LiveClient.host(LiveLink(), port: port)
            let silent = try await RawClient.connect(port: port)
            let idle = try await RawClient.connect(port: port)
            try await idle.get("/")
            _ = await idle.head()
            let outside = try await RawClient.connect(port: port)
            _ = try await outside.upgrade()
            async let stopped: Void = app.stop()
            #expect(await ana.next("draining") != nil)
            #expect(await outside.message(containing: #""refused""#)?.contains("draining") == true)
            #expect(await ana.socket.closeCode() == 1012)
            await ana.socket.closed()
            await outside.closed()
            await silent.closed()
            await idle.closed()
            await stopped
            #expect(media.commands.last == .close)
        }
    }
}
