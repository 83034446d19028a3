// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Appends under three witnesses; proofs, their verification, and bytes on disk of a large log."
    )

    @Option(help: "The vigil-witness to start three of.")
    var witness: String

    @Option(help: "Seconds of appending.")
    var seconds = 10

    @Option(help: "Entries of the large log.")
    var entries = 1_000_000

    @Option(help: "Write proofs for the browser into this file.")
    var fixture: String?

    @Flag(name: .customLong("json"))
    var asJSON = false

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vigil-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for outstanding in [1, 64, 4_096] {
            let appending = try await WitnessedAppends(in: folder.path + "/appends-\(outstanding)", witness: witness)
            try await appending.run(outstanding: outstanding, seconds: seconds).write(asJSON: asJSON)
            appending.stop()
        }
        for row in try await LargeLog.measure(in: folder.path + "/large", entries: entries, fixture: fixture) {
            row.write(asJSON: asJSON)
        }
    }
}
