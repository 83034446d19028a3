// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Foundation
import Synchronization
import Transport

/// The least that forwarding can cost here: receive, copy, seal, send, with the system calls and the cipher that the
/// server uses and none of its logic. One burst of five packets makes one GSO message per viewer.
enum FloorLoop {
    private static let packetLength = 1_200
    private static let burst = 5
    private static let interval = Interval.milliseconds(5)

    static func measure(viewers: Int, seconds: Int) throws -> Row {
        let input = cdatagram_open_udp(10, 0, 4 << 20, 4 << 20)
        let output = cdatagram_open_udp(10, 0, 4 << 20, 4 << 20)
        let source = cdatagram_open_udp(10, 0, 1 << 20, 1 << 20)
        let sinks = (0..<viewers).map { _ in cdatagram_open_udp(10, 0, 4 << 20, 1 << 20) }
        defer { for socket in [input, output, source] + sinks { cdatagram_close(socket) } }
        let isStopped = Mutex(false)
        let drained = Mutex(0)
        let result = Mutex((sent: 0, cpu: Int64(0)))
        let group = DispatchGroup()
        run(in: group) { generate(from: source, to: cdatagram_bound_port(input), isStopped: isStopped) }
        run(in: group) { drain(sinks, count: drained, isStopped: isStopped) }
        run(in: group) {
            let measured = forward(
                from: input,
                to: sinks.map { endpoint(port: cdatagram_bound_port($0)) },
                through: output,
                isStopped: isStopped
            )
            result.withLock { $0 = measured }
        }
        Thread.sleep(forTimeInterval: Double(seconds))
        isStopped.withLock { $0 = true }
        group.wait()
        let (sent, cpu) = result.withLock { $0 }
        let perPacket = Double(cpu) / 1_000 / Double(max(sent, 1))
        var row = Row(case: "floor 1→\(viewers)")
        row.set("cpu_us_per_packet", perPacket)
        row.set("packets_per_second_per_core", 1_000_000 / perPacket, decimals: 0)
        row.set("latency_p50_us", nil)
        row.set("latency_p99_us", nil)
        row.set("allocations_per_packet", 0, decimals: 4)
        row.set("packets_per_second", Double(sent) / Double(seconds), decimals: 0)
        row.set("lost", sent - drained.withLock { $0 })
        return row
    }

    private static func run(in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
        group.enter()
        Thread {
            body()
            group.leave()
        }.start()
    }

    private static func endpoint(port: Int32) -> cdatagram_endpoint {
        cdatagram_endpoint(high: 0, low: 0x0000_FFFF_7F00_0001, port: UInt16(truncatingIfNeeded: port))
    }

    private static func generate(from socket: Int32, to port: Int32, isStopped: borrowing Mutex<Bool>) {
        let outbound = cdatagram_outbound_create(8, 10)
        defer { cdatagram_outbound_destroy(outbound) }
        let packet = [UInt8](repeating: 0x80, count: packetLength)
        var to = endpoint(port: port)
        var due = cdatagram_monotonic()
        while !isStopped.withLock({ $0 }) {
            packet.withUnsafeBytes { bytes in
                for _ in 0..<burst { _ = cdatagram_outbound_add(outbound, bytes.baseAddress, bytes.count, 0, &to, nil) }
                _ = cdatagram_outbound_send(outbound, socket, 0)
                cdatagram_outbound_clear(outbound)
            }
            due += interval.nanoseconds
            cdatagram_sleep(max(0, due - cdatagram_monotonic()))
        }
    }

    private static func drain(_ sockets: [Int32], count: borrowing Mutex<Int>, isStopped: borrowing Mutex<Bool>) {
        let poll = cdatagram_poll_create()
        let inbound = cdatagram_inbound_create(64, 2_048)
        defer {
            cdatagram_inbound_destroy(inbound)
            cdatagram_close(poll)
        }
        for (index, socket) in sockets.enumerated() {
            _ = cdatagram_poll_add(poll, socket, UInt64(index), UInt32(CDATAGRAM_READABLE))
        }
        var ready = [cdatagram_readiness](repeating: cdatagram_readiness(), count: 32)
        var total = 0
        // One more round after the end, for what is still on its way.
        var rounds = 2
        while rounds > 0 {
            if isStopped.withLock({ $0 }) { rounds -= 1 }
            let events = cdatagram_poll_wait(poll, &ready, 32, 100_000_000)
            for event in ready.prefix(Int(max(0, events))) {
                let received = cdatagram_inbound_receive(inbound, sockets[Int(event.token)])
                if received > 0 {
                    total += Int(received)
                    rounds = max(rounds, isStopped.withLock({ $0 }) ? 2 : rounds)
                }
            }
        }
        count.withLock { $0 = total }
    }

    private static func forward(
        from input: Int32,
        to viewers: [cdatagram_endpoint],
        through output: Int32,
        isStopped: borrowing Mutex<Bool>
    ) -> (sent: Int, cpu: Int64) {
        let poll = cdatagram_poll_create()
        let inbound = cdatagram_inbound_create(64, 2_048)
        let outbound = cdatagram_outbound_create(64, 10)
        let arena = UnsafeMutableRawPointer.allocate(byteCount: 64 * 64 * 1_300, alignment: 64)
        defer {
            arena.deallocate()
            cdatagram_outbound_destroy(outbound)
            cdatagram_inbound_destroy(inbound)
            cdatagram_close(poll)
        }
        _ = cdatagram_poll_add(poll, input, 0, UInt32(CDATAGRAM_READABLE))
        let sealers = viewers.compactMap { _ in
            try? SRTPSealer(
                profile: .aeadAES128GCM,
                masterKey: Secret([UInt8](repeating: 1, count: 16)),
                masterSalt: Secret([UInt8](repeating: 2, count: 12))
            )
        }
        var ready = [cdatagram_readiness](repeating: cdatagram_readiness(), count: 4)
        var sequence: UInt64 = 0
        var sent = 0
        let startedAt = cdatagram_thread_cpu()
        while !isStopped.withLock({ $0 }) {
            guard cdatagram_poll_wait(poll, &ready, 4, 100_000_000) > 0 else { continue }
            let count = Int(cdatagram_inbound_receive(inbound, input))
            guard count > 0, let slots = cdatagram_inbound_slots(inbound) else { continue }
            var offset = 0
            for (viewer, sealer) in sealers.enumerated() {
                let start = offset
                for index in 0..<count {
                    let packet = arena + offset
                    packet.copyMemory(from: slots[index].bytes, byteCount: Int(slots[index].length))
                    let number = UInt16(truncatingIfNeeded: sequence &+ UInt64(index))
                    packet.storeBytes(of: number.bigEndian, toByteOffset: 2, as: UInt16.self)
                    offset += sealer.seal(
                        packet,
                        length: Int(slots[index].length),
                        capacity: 1_300,
                        headerLength: 12,
                        ssrc: 0x8080_8080,
                        sequenceNumber: number,
                        rolloverCounter: UInt32(truncatingIfNeeded: (sequence &+ UInt64(index)) >> 16)
                    )
                }
                var to = viewers[viewer]
                _ = cdatagram_outbound_add(
                    outbound,
                    arena + start,
                    offset - start,
                    count > 1 ? UInt16((offset - start) / count) : 0,
                    &to,
                    nil
                )
            }
            var first: Int32 = 0
            while first < cdatagram_outbound_count(outbound) {
                let taken = cdatagram_outbound_send(outbound, output, first)
                guard taken > 0 else { break }
                first += taken
            }
            cdatagram_outbound_clear(outbound)
            sequence &+= UInt64(count)
            sent += count * sealers.count
        }
        return (sent, cdatagram_thread_cpu() - startedAt)
    }
}
