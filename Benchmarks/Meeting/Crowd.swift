// SPDX-License-Identifier: Apache-2.0

import Base
import Membership
import NIOCore
import NIOPosix
import Participant

/// The members of one benchmark's meeting.
///
/// Used by one task: the benchmark's.
final class Crowd {
    struct Entries {
        /// Seconds from setting out to being in.
        var times: [Double] = []
        var last: ContinuousClock.Instant
        var failed = 0
    }

    struct Traffic {
        var members = 0
        var handshake = 0
        var messages = 0
        var media = 0

        static func - (lhs: Traffic, rhs: Traffic) -> Traffic {
            Traffic(
                members: lhs.members,
                handshake: lhs.handshake - rhs.handshake,
                messages: lhs.messages - rhs.messages,
                media: lhs.media - rhs.media
            )
        }
    }

    struct Health {
        var inside = 0
        var refusedFrames = 0
        var warnings = 0
        var latency = LatencyHistogram()
    }

    private let node: NodeAddress
    private let link: LinkSecret
    private let openEvery: Int
    private let loop: MediaLoop
    private let publishers: [Participant]
    private var viewers: [Participant] = []
    /// Came after the rush, and leave again.
    private var passing: [Participant] = []
    private var joined = 0

    private static var group: any EventLoopGroup { MultiThreadedEventLoopGroup.singleton }

    private init(
        node: NodeAddress,
        link: LinkSecret,
        openEvery: Int,
        loop: MediaLoop,
        publishers: [Participant]
    ) {
        self.node = node
        self.link = link
        self.openEvery = openEvery
        self.loop = loop
        self.publishers = publishers
    }

    /// A meeting with its publishers, who hear each other.
    static func open(_ shape: MeetingCase, port: Int, openEvery: Int, loop: MediaLoop) async throws -> Crowd {
        let node = NodeAddress(host: "127.0.0.1", port: port, usesTLS: false)
        let founder = try await Participant.found(
            at: node,
            MemberSettings(name: Array("publisher 0".utf8)),
            loop: loop,
            group: group
        )
        try await founder.wait { $0.link != nil }
        guard let link = await founder.link else { throw BenchmarkError.noLink }
        var publishers = [founder]
        for index in 1..<shape.publishers {
            let name = "publisher \(index)"
            let publisher = try await Participant.join(link, at: node, name: name, loop: loop, group: group)
            try await publisher.waitUntilInside()
            publishers.append(publisher)
        }
        for publisher in publishers { try await publisher.publish(MeetingCase.tracks) }
        let crowd = Crowd(node: node, link: link, openEvery: openEvery, loop: loop, publishers: publishers)
        _ = try await crowd.allHear()
        return crowd
    }

    private func join() async throws -> Participant {
        joined += 1
        return try await Crowd.join(joined, link, node, openEvery, loop)
    }

    private static func join(
        _ number: Int,
        _ link: LinkSecret,
        _ node: NodeAddress,
        _ openEvery: Int,
        _ loop: MediaLoop
    ) async throws -> Participant {
        var options = ParticipantOptions()
        options.sampling = .every(openEvery, offset: number)
        let participant = try await Participant.join(
            link,
            at: node,
            name: "viewer \(number)",
            options: options,
            loop: loop,
            group: group
        )
        try await participant.waitUntilInside(seconds: 120)
        return participant
    }

    /// So many set out, evenly over the given time.
    func rush(_ count: Int, over time: Duration) async throws -> Entries {
        let started = ContinuousClock.now
        var entries = Entries(last: started)
        let (link, node, openEvery, loop) = (link, node, openEvery, loop)
        await withTaskGroup(of: (Participant, Double, ContinuousClock.Instant)?.self) { group in
            for index in 0..<count {
                group.addTask {
                    let setsOut = started + time * index / count
                    try? await Task.sleep(until: setsOut, clock: .continuous)
                    let from = ContinuousClock.now
                    guard let participant = try? await Crowd.join(index + 1, link, node, openEvery, loop) else {
                        return nil
                    }
                    let now = ContinuousClock.now
                    return (participant, (now - from) / .seconds(1), now)
                }
            }
            for await entry in group {
                guard let (participant, seconds, at) = entry else {
                    entries.failed += 1
                    continue
                }
                viewers.append(participant)
                entries.times.append(seconds)
                entries.last = max(entries.last, at)
            }
        }
        joined = count
        return entries
    }

    /// One more comes, or the one that came goes.
    func change(isJoin: Bool) async throws {
        if isJoin || passing.isEmpty {
            passing.append(try await join())
        } else {
            await passing.removeFirst().leave()
        }
    }

    private var steady: [Participant] { publishers + viewers }

    /// Waits until everybody has opened a voice of every publisher whom they open, and says when that was.
    func allHear() async throws -> ContinuousClock.Instant {
        let voices = await voices()
        for member in steady {
            let own = await member.id
            let isSampling = openEvery > 1 && viewers.contains { $0 === member }
            _ = try await member.waitForMedia(seconds: 120) { media in
                let heard = voices.filter { $0.participant != own && media.opened($0) > 0 }
                return isSampling ? media.liveTracks > 0 : heard.count == voices.filter { $0.participant != own }.count
            }
        }
        return ContinuousClock.now
    }

    private func voices() async -> [TrackID] {
        var voices: [TrackID] = []
        for publisher in publishers {
            if let id = await publisher.id { voices.append(TrackID(participant: id, source: .microphone)) }
        }
        return voices
    }

    func epoch() async -> UInt64 { await publishers[0].view.words?.epoch ?? 0 }

    func forgetGaps() async {
        for member in steady { await member.forgetGaps() }
    }

    /// In nanoseconds, of any member and voice.
    func longestAudioGap() async -> Double {
        var longest = Interval.zero
        for member in steady {
            let media = await member.media()
            for (track, frames) in media.frames where track.source == .microphone {
                longest = max(longest, frames.longestGap(until: media.at))
            }
        }
        return Double(longest.nanoseconds)
    }

    /// In milliseconds, from the last frame with the keys of one epoch to the first with those of a later one.
    func epochGaps(after epoch: UInt64) async -> (audio: Quantiles, video: Quantiles) {
        var audio: [Double] = []
        var video: [Double] = []
        for member in steady {
            for (track, frames) in await member.media().frames {
                let gaps = frames.epochGaps.filter { $0.epoch > epoch }.map { Double($0.gap.nanoseconds) / 1_000_000 }
                if track.source.isAudio { audio += gaps } else { video += gaps }
            }
        }
        return (Quantiles(audio), Quantiles(video))
    }

    /// Of those who are there all the time.
    func traffic() async -> Traffic {
        var sum = Traffic()
        for member in steady {
            let signalling = await member.traffic
            let media = await member.media().traffic
            sum.members += 1
            sum.handshake += signalling.total(.handshake)
            sum.messages += signalling.total(.messages)
            sum.media += media.sent + media.received + signalling.total(.media)
        }
        return sum
    }

    func health() async -> Health {
        var health = Health()
        for member in steady {
            let view = await member.view
            let media = await member.media()
            if view.isInside { health.inside += 1 }
            health.warnings += view.warnings.count
            health.refusedFrames += media.refusedFrames
            for frames in media.frames.values { health.latency.add(frames.latency) }
        }
        return health
    }

    func close() async {
        for member in passing + steady.reversed() { await member.vanish() }
    }
}
