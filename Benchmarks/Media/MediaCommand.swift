// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Base
import Foundation
import NIOPosix
import Participant

struct MediaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "media",
        abstract: "CPU, latency and allocations per forwarded packet."
    )

    @Flag(help: "One JSON object a case.")
    var json = false

    @Flag(help: "The bare receive-seal-send loop under the load of 1→10, without any of the server's logic.")
    var floor = false

    @Option(help: "Seconds of measurement a case.")
    var seconds = 8

    @Option(name: .customLong("case"), help: "Only the case of this name.")
    var only: String?

    @Option(help: "Each participant opens every n-th track; the packets of the others are only received.")
    var openEvery = 10

    @Option(help: "The server's binary.")
    var server: String

    @Option(help: "The library that counts allocations when preloaded.")
    var mallocCounter: String?

    func run() async throws {
        if floor {
            try FloorLoop.measure(viewers: 10, seconds: seconds).write(asJSON: json)
            return
        }
        for (index, shape) in MediaCase.all.enumerated() where only == nil || only == shape.name {
            FileHandle.standardError.write(Data("\(shape.name) …\n".utf8))
            try await measure(shape, port: 18_300 + 2 * index).write(asJSON: json)
        }
    }

    private func measure(_ shape: MediaCase, port: Int) async throws -> Row {
        let server = try ServerProcess(binary: self.server, mallocCounter: mallocCounter, port: port)
        defer { server.stop() }
        try await server.waitUntilReady()
        let group = MultiThreadedEventLoopGroup.singleton
        let loop = try MediaLoop.start()
        defer { loop.stop() }
        let room = try await Room.open(shape, port: port, openEvery: openEvery, loop: loop, group: group)
        // Everybody is connected and nothing is forwarded yet: what the server costs by itself.
        let idleCPU = server.cpuMicroseconds
        try await Task.sleep(for: .seconds(2))
        let idle = (server.cpuMicroseconds - idleCPU) / 2
        try await room.publish()
        try await room.waitUntilAllReceive()
        let before = await room.statistics()
        let cpu = server.cpuMicroseconds
        let allocations = server.allocations
        let started = ContinuousClock.now
        try await Task.sleep(for: .seconds(seconds))
        let elapsed = (ContinuousClock.now - started) / .seconds(1)
        let after = await room.statistics()
        let busy = server.cpuMicroseconds - cpu - idle * elapsed
        let allocated = server.allocations
        let metrics = server.metrics
        let packets = after.packets.packets - before.packets.packets
        let perPacket = busy / Double(max(packets, 1))
        var row = Row(case: shape.name)
        row.set("cpu_us_per_packet", perPacket)
        row.set("packets_per_second_per_core", 1_000_000 / perPacket, decimals: 0)
        row.set("latency_p50_us", metrics.forwardingLatency(at: "0.5"), decimals: 0)
        row.set("latency_p99_us", metrics.forwardingLatency(at: "0.99"), decimals: 0)
        if let allocations, let allocated {
            row.set("allocations_per_packet", Double(allocated - allocations) / Double(max(packets, 1)), decimals: 4)
        } else {
            row.set("allocations_per_packet", nil)
        }
        row.set("packets_per_second", Double(packets) / elapsed, decimals: 0)
        row.set("path_p50_us", after.latency.microseconds(at: 0.5), decimals: 0)
        row.set("path_p99_us", after.latency.microseconds(at: 0.99), decimals: 0)
        row.set("lost", after.packets.lost - before.packets.lost)
        await room.close()
        return row
    }
}
