// SPDX-License-Identifier: Apache-2.0

import Dispatch
import TestSupport

/// `vigil` as people and cron run it.
enum Vigil {
    struct Outcome: Sendable {
        let status: Int32?
        let text: String
    }

    /// Waits on a thread of its own, since the test answers the program's requests meanwhile.
    static func run(_ arguments: [String]) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        let program = try Program("vigil", arguments)
                        let text = program.lines().joined(separator: "\n")
                        return Outcome(status: program.wait(), text: text)
                    }
                )
            }
        }
    }

    /// A log of so many entries, made by another program.
    static func makeLog(
        _ folder: TemporaryFolder,
        _ name: String,
        count: Int,
        first: Int = 0,
        keyOf other: String? = nil
    ) throws {
        if let other { try folder.write(try folder.text(other + "/key"), to: name + "/key") }
        let program = try Program("LogProcess", ["make", folder.path + "/" + name, String(count), String(first)])
        _ = program.lines()
        guard program.wait() == 0 else { throw Failure.noLog }
    }

    enum Failure: Error {
        case noLog
        case noNode
    }
}
