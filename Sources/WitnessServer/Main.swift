// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Base
import Foundation
import Logging
import Transparency

@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vigil-witness",
        abstract: "Cosigns public logs that continue their own past (c2sp.org/tlog-witness).",
        discussion: """
            The file says who the witness is and which logs it knows; deploy/witness.conf is one to start from. The first \
            start makes the key and prints its public half, which belongs into the policies of those who trust this witness.
            """
    )

    @Argument(help: "The configuration file.")
    var file: String

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        do {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw WitnessConfigurationRefusal.unreadable(file)
            }
            var randomness = SystemRandomness()
            let process = try WitnessProcess(WitnessConfiguration(parsing: text), randomness: &randomness)
            let host = process.configuration.host
            let key = process.key.text
            try await process.run { port in
                let shown = host.contains(":") ? "[\(host)]" : host
                // In one piece and at once, also into a pipe.
                FileHandle.standardOutput.write(Data("witness \(key) http://\(shown):\(port)\n".utf8))
            }
        } catch let error as any CustomStringConvertible & Error {
            FileHandle.standardError.write(Data("vigil-witness: \(error)\n".utf8))
            // EX_CONFIG: something outside of the program must change first.
            throw ExitCode(78)
        }
    }
}
