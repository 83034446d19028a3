// SPDX-License-Identifier: Apache-2.0

import Base
import Membership
import NIOCore
import Participant

/// The participants of one benchmark's meeting.
struct Room {
    let shape: MediaCase
    private let publishers: [Participant]
    private let viewers: [Participant]

    /// - Parameter openEvery: each participant opens every n-th track, so that the clients don't take the processors that the
    ///   server is measured on.
    static func open(
        _ shape: MediaCase,
        port: Int,
        openEvery: Int,
        loop: MediaLoop,
        group: any EventLoopGroup
    ) async throws -> Room {
        let node = NodeAddress(host: "127.0.0.1", port: port, usesTLS: false)
        var options = ParticipantOptions()
        options.sampling = .every(openEvery)
        let founder = try await Participant.found(
            at: node,
            MemberSettings(name: Array("publisher 0".utf8)),
            options: options,
            loop: loop,
            group: group
        )
        try await founder.wait { $0.link != nil }
        guard let link = await founder.link else { throw BenchmarkError.noLink }
        var others: [Participant] = []
        for index in 1..<shape.publishers + shape.viewers {
            options.sampling = .every(openEvery, offset: index)
            let participant = try await Participant.join(
                link,
                at: node,
                name: "participant \(index)",
                options: options,
                loop: loop,
                group: group
            )
            try await participant.waitUntilInside()
            others.append(participant)
        }
        return Room(
            shape: shape,
            publishers: [founder] + others.prefix(shape.publishers - 1),
            viewers: Array(others.dropFirst(shape.publishers - 1))
        )
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
            for participant in publishers + viewers { receiving += await participant.media().liveTracks }
            if receiving == expected { return }
            try await Task.sleep(for: .milliseconds(200))
        }
        throw BenchmarkError.incomplete(receiving: receiving, expected: expected)
    }

    func statistics() async -> (packets: ReceiveStatistics, latency: LatencyHistogram) {
        var packets = ReceiveStatistics()
        var latency = LatencyHistogram()
        for participant in publishers + viewers {
            let media = await participant.media()
            packets.add(media.packets)
            for frames in media.frames.values { latency.add(frames.latency) }
        }
        return (packets, latency)
    }

    func close() async {
        for participant in viewers + publishers { await participant.vanish() }
    }
}
