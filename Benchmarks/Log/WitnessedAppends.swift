// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import LogKeeping
import NativeCrypto
import Transparency

/// A log's writer in this process, on the disk, under three `vigil-witness` processes of whom it takes two.
final class WitnessedAppends {
    private let log: OwnedLog
    private let policy: TrustPolicy
    private let processes: [Process]

    init(in folder: String, witness: String) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var randomness = SystemRandomness()
        log = try OwnedLog(folder + "/log", origin: "bench.example/log", randomness: &randomness)
        var processes: [Process] = []
        var text = "log \(log.signer.key.text)\n"
        for number in 0..<3 {
            let file = "\(folder)/w\(number).conf"
            let configuration =
                "name w\(number).example\ndata \(folder)/w\(number)\nlisten 127.0.0.1:0\nlog \(log.signer.key.text)\n"
            try Data(configuration.utf8).write(to: URL(fileURLWithPath: file))
            let process = Process()
            process.executableURL = URL(fileURLWithPath: witness)
            process.arguments = [file]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            processes.append(process)
            // `witness KEY URL`, in one write.
            let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count == 3 else { throw BenchmarkError.serverNotReady }
            text += "witness w\(number) \(words[1]) \(words[2])\n"
        }
        text += "group g 2 w0 w1 w2\nquorum g\n"
        policy = try TrustPolicy(parsing: Array(text.utf8), with: NativeCrypto.self)
        self.processes = processes
    }

    func stop() { for process in processes { process.terminate() } }

    /// - Parameter outstanding: submissions that wait for their acknowledgement at any time.
    func run(outstanding: Int, seconds: Int) async throws -> Row {
        var configuration = SequencerConfiguration()
        // One at a time has nobody to wait for.
        configuration.batchInterval = .milliseconds(outstanding == 1 ? 0 : 20)
        let writer = try log.writer(policy: policy, over: NetworkExchange(), configuration: configuration)
        await writer.start()
        _ = try await writer.submit(NumberedEntries.entry(-1))
        let start = ContinuousClock.now
        let end = start + .seconds(seconds)
        let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
            for lane in 0..<outstanding {
                group.addTask {
                    var latencies: [Double] = []
                    var number = lane
                    while ContinuousClock.now < end {
                        let begun = ContinuousClock.now
                        _ = try await writer.submit(NumberedEntries.entry(number))
                        latencies.append((ContinuousClock.now - begun) / .milliseconds(1))
                        number += outstanding
                    }
                    return latencies
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        await writer.end()
        let sorted = latencies.sorted()
        var row = Row(case: "append, \(outstanding) at a time, 2 of 3 witnesses")
        row.set("entries", sorted.count)
        row.set("appends/s", Double(sorted.count) / elapsed, decimals: 0)
        row.set("ms_p50", sorted.isEmpty ? nil : sorted[sorted.count / 2])
        row.set("ms_p99", sorted.isEmpty ? nil : sorted[sorted.count * 99 / 100])
        return row
    }
}
