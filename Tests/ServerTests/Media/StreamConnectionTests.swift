// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Glibc
import Testing
import Transport

@testable import Server

@Suite struct StreamConnectionTests {
    /// A connection whose other end is ours to read or not.
    private func pair() throws -> (StreamConnection, peer: Int32) {
        var descriptors: [Int32] = [0, 0]
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        try #require(socketpair(AF_UNIX, type, 0, &descriptors) == 0)
        let stream = StreamConnection(
            descriptor: descriptors[0],
            number: 7,
            address: TransportAddress(ipv4: 1, port: 2, connection: 7),
            opened: Moment(nanoseconds: 0)
        )
        return (stream, descriptors[1])
    }

    private func read(_ descriptor: Int32) -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = cdatagram_read(descriptor, &buffer, buffer.count), count > 0 { all += buffer[..<count] }
        return all
    }

    private func append(_ packet: [UInt8], to stream: StreamConnection, now: Moment) -> Bool {
        packet.withUnsafeBytes { stream.append($0, now: now) }
    }

    @Test("packets leave with their lengths before them")
    func framing() throws {
        let (stream, peer) = try pair()
        defer { cdatagram_close(peer) }
        #expect(append([1, 2, 3], to: stream, now: Moment(nanoseconds: 0)))
        #expect(append([4], to: stream, now: Moment(nanoseconds: 0)))
        #expect(stream.write() == .done)
        #expect(read(peer) == [0, 3, 1, 2, 3, 0, 1, 4])
    }

    @Test("a reader that is behind loses packets whole, and the connection if it stays behind")
    func slowReader() throws {
        let (stream, peer) = try pair()
        defer { cdatagram_close(peer) }
        stream.isVerified = true
        let packet = [UInt8](repeating: 9, count: 1_200)
        let start = Moment(nanoseconds: 1_000_000_000)
        var taken = 0
        for _ in 0..<10_000 {
            if append(packet, to: stream, now: start) { taken += 1 }
            _ = stream.write()
        }
        #expect(taken < 10_000)
        #expect(!stream.isOverdue(now: start + .seconds(4)))
        #expect(stream.isOverdue(now: start + .seconds(5)))
        // It reads after all: everything that was taken arrives unbroken, and it may stay.
        var arrived = read(peer)
        while stream.write() == .blocked { arrived += read(peer) }
        arrived += read(peer)
        #expect(arrived.count == taken * 1_202)
        #expect(!stream.isOverdue(now: start + .seconds(60)))
    }

    @Test("a stranger may stay ten seconds")
    func verification() throws {
        let (stream, peer) = try pair()
        defer { cdatagram_close(peer) }
        #expect(!stream.isOverdue(now: Moment(nanoseconds: 9_999_999_999)))
        #expect(stream.isOverdue(now: Moment(nanoseconds: 10_000_000_000)))
        stream.isVerified = true
        #expect(!stream.isOverdue(now: Moment(nanoseconds: 10_000_000_000)))
    }

    @Test("of too many strangers the first go; frames too long close their connection")
    func strangers() async throws {
        let harness = try MeetingHarness {
            $0.maximumUnverifiedStreams = 4
            // On a slow machine the ten seconds would close some of them first.
            $0.streamVerification = .seconds(3_600)
        }
        let port = try #require(harness.plane.ports.first)
        var sockets: [StreamSocket] = []
        for count in 1...10 {
            sockets.append(try StreamSocket(port: port))
            _ = try await harness.wait(for: "accepted or pushed out") {
                for socket in sockets { socket.receive { _ in } }
                return sockets.count { !$0.isClosed } == min(count, 4) ? true : nil
            }
        }
        while await harness.plane.metrics().streamConnections != 4 {}
        #expect(sockets.map(\.isClosed) == Array(repeating: true, count: 6) + Array(repeating: false, count: 4))
        sockets[9].sendRaw([0xFF, 0xFF, 1, 2, 3])
        _ = try await harness.wait(for: "closed") {
            sockets[9].receive { _ in }
            return sockets[9].isClosed ? true : nil
        }
        #expect(await harness.plane.metrics().streamConnections == 3)
    }
}
