// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A vigil-server of the benchmark's own, with what the kernel says of its CPU and what the preloaded counter says of
/// its allocations.
final class ServerProcess {
    let port: Int
    private let process = Process()
    private let folder: URL
    private let counter: URL

    init(binary: String, mallocCounter: String?, port: Int) throws {
        self.port = port
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        counter = folder.appendingPathComponent("allocations")
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = [
            "--port", String(port), "--data", folder.path, "--media-threads", "1", "--log-level", "error",
            "--metrics-port", String(port + 1),
        ]
        var environment = ProcessInfo.processInfo.environment
        if let mallocCounter {
            environment["LD_PRELOAD"] = mallocCounter
            environment["VIGIL_MALLOC_COUNT"] = counter.path
        }
        process.environment = environment
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    /// Waits until the node takes connections.
    func waitUntilReady() async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            if fetch("/readyz", port: port) != nil { return }
            guard process.isRunning else { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw BenchmarkError.serverNotReady
    }

    /// User and system time so far, in microseconds.
    var cpuMicroseconds: Double {
        guard let stat = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8),
            let end = stat.lastIndex(of: ")")
        else { return 0 }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) * 1_000_000 / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Allocations so far; `nil` without the counter.
    var allocations: Int? {
        guard let data = try? Data(contentsOf: counter), data.count >= 8 else { return nil }
        return data.withUnsafeBytes { Int(truncatingIfNeeded: $0.loadUnaligned(as: UInt64.self)) }
    }

    /// The page of totals.
    var metrics: ServerMetrics { ServerMetrics(fetch("/metrics", port: port + 1) ?? "") }

    /// The body of a small page of the node, or `nil`.
    private func fetch(_ path: String, port: Int) -> String? {
        let curl = Process()
        curl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        curl.arguments = ["curl", "--silent", "--fail", "--max-time", "2", "http://127.0.0.1:\(port)\(path)"]
        let pipe = Pipe()
        curl.standardOutput = pipe
        curl.standardError = FileHandle.nullDevice
        guard (try? curl.run()) != nil else { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        curl.waitUntilExit()
        return curl.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
