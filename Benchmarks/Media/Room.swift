// SPDX-License-Identifier: Apache-2.0

import Base
import NIOCore
import Participant

/// The participants of one benchmark's meeting.
struct Room {
    let shape: MediaCase
    private let publishers: [Participant]
    private let viewers: [Participant]

    static func open(
        _ shape: MediaCase,
        port: Int,
        loop: MediaLoop,
        group: any EventLoopGroup
    ) async throws -> Room {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        guard let meeting = MeetingID(String((0..<22).map { _ in alphabet.randomElement()! })) else {
            throw BenchmarkError.serverNotReady
        }
        let node = NodeAddress(host: "127.0.0.1", port: port, usesTLS: false)
        var publishers: [Participant] = []
        for index in 0..<shape.publishers {
            publishers.append(
                try await Participant.join(
                    meeting,
                    at: node,
                    name: "publisher \(index)",
                    hostToken: index == 0 ? String(repeating: "A", count: 43) : nil,
                    loop: loop,
                    group: group
                )
            )
        }
        var viewers: [Participant] = []
        for index in 0..<shape.viewers {
            viewers.append(
                try await Participant.join(meeting, at: node, name: "viewer \(index)", loop: loop, group: group)
            )
        }
        return Room(shape: shape, publishers: publishers, viewers: viewers)
    }

    func publish() async throws {
        for publisher in publishers { try await publisher.publish(shape.tracks) }
    }

    /// Waits until every participant receives every track that it should.
    func waitUntilAllReceive() async throws {
        let expected =
            publishers.count * shape.expectedTracks(isPublisher: true)
            + viewers.count * shape.expectedTracks(isPublisher: false)
        let deadline = ContinuousClock.now + .seconds(60)
        var receiving = 0
        while ContinuousClock.now < deadline {
            receiving = 0
            for participant in publishers + viewers { receiving += await participant.liveTracks() }
            if receiving == expected { return }
            try await Task.sleep(for: .milliseconds(200))
        }
        throw BenchmarkError.incomplete(receiving: receiving, expected: expected)
    }

    func statistics() async -> ReceiveStatistics {
        var sum = ReceiveStatistics()
        for participant in publishers + viewers { sum.add(await participant.statistics()) }
        return sum
    }

    func close() async {
        for participant in viewers + publishers { await participant.leave() }
    }
}
