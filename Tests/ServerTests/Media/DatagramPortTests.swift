// SPDX-License-Identifier: Apache-2.0

import CDatagram
import Testing

@testable import Server

/// Over real sockets on loopback, where what was sent is there to be received when the system call returns.
@Suite struct DatagramPortTests {
    private func port(ipv6: Bool = true) throws -> DatagramPort {
        try DatagramPort(number: 0, receiveBuffer: 1 << 20, sendBuffer: 1 << 20, ipv6: ipv6)
    }

    private func loopback(_ port: DatagramPort) -> cdatagram_endpoint {
        cdatagram_endpoint(high: 0, low: 0xFFFF_7F00_0001, port: port.number)
    }

    private func received(by port: DatagramPort) -> [[UInt8]] {
        port.receive().map { Array(UnsafeBufferPointer(start: $0.bytes, count: Int($0.length))) }
    }

    @Test("a run is cut into its datagrams, and the address and time of arrival are told", arguments: [true, false])
    func segments(ipv6: Bool) throws {
        let sender = try port(ipv6: ipv6)
        let receiver = try port(ipv6: ipv6)
        var metrics = MediaMetrics()
        let bytes = (0..<250).map { UInt8($0) }
        bytes.withUnsafeBytes { bytes in
            #expect(
                sender.append(
                    bytes.baseAddress!,
                    length: 250,
                    segment: 100,
                    count: 3,
                    to: loopback(receiver),
                    from: .any
                )
            )
            sender.send(metrics: &metrics)
        }
        let slots = receiver.receive()
        #expect(slots.count == 3)
        #expect(slots.map(\.length) == [100, 100, 50])
        #expect(slots.allSatisfy { $0.from.port == sender.number && $0.from.low == 0xFFFF_7F00_0001 })
        #expect(slots.allSatisfy { $0.to.low == 0xFFFF_7F00_0001 && $0.arrival > 0 && !$0.truncated })
        #expect(metrics.packetsSent == 3)
        #expect(metrics.bytesSent == 250)
    }

    @Test("a reply can leave from the address that was asked", arguments: [true, false])
    func source(ipv6: Bool) throws {
        let sender = try port(ipv6: ipv6)
        let receiver = try port(ipv6: ipv6)
        var metrics = MediaMetrics()
        let own = LocalAddress(high: 0, low: 0xFFFF_7F00_0005)
        let bytes = [UInt8](repeating: 7, count: 300)
        bytes.withUnsafeBytes { bytes in
            sender.send(bytes, to: loopback(receiver), from: own, metrics: &metrics)
            _ = sender.append(
                bytes.baseAddress!,
                length: 300,
                segment: 150,
                count: 2,
                to: loopback(receiver),
                from: own
            )
            sender.send(metrics: &metrics)
        }
        let slots = receiver.receive()
        #expect(slots.map(\.length) == [300, 150, 150])
        #expect(slots.allSatisfy { $0.from.low == 0xFFFF_7F00_0005 })
        #expect(metrics.packetsSent == 3)
    }

    @Test("a run that the kernel won't cut leaves datagram by datagram")
    func fallback() throws {
        let sender = try port()
        let receiver = try port()
        var metrics = MediaMetrics()
        // More segments than any kernel cuts: EINVAL.
        let bytes = [UInt8](repeating: 1, count: 600)
        bytes.withUnsafeBytes { bytes in
            _ = sender.append(
                bytes.baseAddress!,
                length: 600,
                segment: 1,
                count: 600,
                to: loopback(receiver),
                from: .any
            )
            _ = sender.append(bytes.baseAddress!, length: 9, segment: 0, count: 1, to: loopback(receiver), from: .any)
            sender.send(metrics: &metrics)
        }
        var lengths: [Int] = []
        while case let more = received(by: receiver), !more.isEmpty { lengths += more.map(\.count) }
        #expect(lengths == Array(repeating: 1, count: 600) + [9])
        #expect(metrics.packetsSent == 601)
        #expect(sender.segmentation)
    }

    @Test("an address that can't be reached costs its own packets, not the others'")
    func unreachable() throws {
        let sender = try port()
        let receiver = try port()
        var metrics = MediaMetrics()
        // Broadcast without SO_BROADCAST: EACCES.
        let forbidden = cdatagram_endpoint(high: 0, low: 0xFFFF_FFFF_FFFF, port: 9)
        let bytes = [UInt8](repeating: 1, count: 20)
        bytes.withUnsafeBytes { bytes in
            for destination in [loopback(receiver), forbidden, loopback(receiver)] {
                _ = sender.append(bytes.baseAddress!, length: 20, segment: 0, count: 1, to: destination, from: .any)
            }
            sender.send(metrics: &metrics)
        }
        #expect(received(by: receiver).count == 2)
        #expect(metrics.packetsSent == 2)
        #expect(metrics.bytesSent == 40)
        #expect(metrics.dropped(.unsendable) == 1)
    }

    @Test("what is longer than a slot is marked, not overrun")
    func oversized() throws {
        let sender = try port()
        let receiver = try port()
        var metrics = MediaMetrics()
        let bytes = [UInt8](repeating: 1, count: 9_000)
        bytes.withUnsafeBytes { sender.send($0, to: loopback(receiver), from: .any, metrics: &metrics) }
        let slots = receiver.receive()
        #expect(slots.count == 1)
        #expect(slots.first?.truncated == true)
        #expect(slots.first?.length == UInt32(DatagramPort.slotSize))
    }
}
