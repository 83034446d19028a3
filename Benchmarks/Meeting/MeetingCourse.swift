// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import Participant

/// Runs one ``MeetingCase`` and reports it.
struct MeetingCourse {
    private let shape: MeetingCase
    private let server: ServerProcess
    private let openEvery: Int

    init(_ shape: MeetingCase, server: ServerProcess, openEvery: Int) {
        self.shape = shape
        self.server = server
        self.openEvery = openEvery
    }

    func run() async throws -> Row {
        let loop = try MediaLoop.start()
        defer { loop.stop() }
        let crowd = try await Crowd.open(shape, port: server.port, openEvery: openEvery, loop: loop)
        var row = Row(case: shape.name)
        row.set("members", shape.publishers + shape.joiners)
        row.set("publishers", shape.publishers)
        try await rush(crowd, &row)
        if shape.stay > .zero { try await stay(crowd, &row) }
        let health = await crowd.health()
        row.set("inside", health.inside)
        row.set("refused_frames", health.refusedFrames)
        row.set("warnings", health.warnings)
        row.set("frame_latency_p50_us", health.latency.microseconds(at: 0.5), decimals: 0)
        row.set("frame_latency_p99_us", health.latency.microseconds(at: 0.99), decimals: 0)
        await crowd.close()
        return row
    }

    /// Everybody sets out within ``MeetingCase/rush``; measured until the last one is in, and until the last one hears.
    private func rush(_ crowd: Crowd, _ row: inout Row) async throws {
        await crowd.forgetGaps()
        let epoch = await crowd.epoch()
        let cpu = CPUUsage(server)
        let started = ContinuousClock.now
        let entries = try await crowd.rush(shape.joiners, over: shape.rush)
        row.set("set_out_within_s", shape.rush / .seconds(1))
        row.set("all_in_s", (entries.last - started) / .seconds(1))
        row.set("entry_p50_s", Quantiles(entries.times).at(0.5), decimals: 3)
        row.set("entry_p95_s", Quantiles(entries.times).at(0.95), decimals: 3)
        row.set("not_in", entries.failed)
        row.set("all_hear_s", (try await crowd.allHear() - started) / .seconds(1))
        row.set("rush_epochs", Int(await crowd.epoch() - epoch))
        row.set("rush_longest_audio_gap_ms", await crowd.longestAudioGap() / 1_000_000, decimals: 0)
        let used = CPUUsage(server) - cpu
        row.set("rush_server_cpu_s", used.server / 1_000_000)
        row.set("rush_members_cpu_s", used.members / 1_000_000)
    }

    private func stay(_ crowd: Crowd, _ row: inout Row) async throws {
        await crowd.forgetGaps()
        let epoch = await crowd.epoch()
        let before = await crowd.traffic()
        let cpu = CPUUsage(server)
        let started = ContinuousClock.now
        var changes = 0
        while ContinuousClock.now - started < shape.stay {
            try await Task.sleep(until: started + shape.changeEvery * (changes + 1), clock: .continuous)
            try await crowd.change(isJoin: changes.isMultiple(of: 2))
            changes += 1
        }
        let seconds = (ContinuousClock.now - started) / .seconds(1)
        let used = CPUUsage(server) - cpu
        let traffic = await crowd.traffic() - before
        let gaps = await crowd.epochGaps(after: epoch)
        row.set("stay_s", seconds, decimals: 0)
        row.set("changes", changes)
        row.set("stay_epochs", Int(await crowd.epoch() - epoch))
        row.set("epoch_audio_gap_p50_ms", gaps.audio.at(0.5))
        row.set("epoch_audio_gap_p95_ms", gaps.audio.at(0.95))
        row.set("epoch_audio_gap_max_ms", gaps.audio.at(1))
        row.set("epoch_video_gap_p50_ms", gaps.video.at(0.5))
        row.set("epoch_video_gap_p95_ms", gaps.video.at(0.95))
        row.set("stay_longest_audio_gap_ms", await crowd.longestAudioGap() / 1_000_000, decimals: 0)
        row.set("server_cpu_percent", used.server / seconds / 10_000)
        row.set("members_cpu_percent", used.members / seconds / 10_000)
        let share = seconds * Double(traffic.members)
        row.set("handshake_bytes_per_member_s", Double(traffic.handshake) / share, decimals: 0)
        row.set("message_bytes_per_member_s", Double(traffic.messages) / share, decimals: 0)
        row.set("media_bytes_per_member_s", Double(traffic.media) / share, decimals: 0)
    }
}
