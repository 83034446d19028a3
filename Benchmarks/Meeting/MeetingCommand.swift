// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

struct MeetingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meeting",
        abstract: "Meetings of hundreds of encrypted members: coming in, epochs, gaps, CPU and bytes."
    )

    @Flag(help: "One JSON object a case.")
    var json = false

    @Option(help: "How long the three hundred stay.")
    var minutes = 5.0

    @Option(help: "Each member opens every n-th track; the packets of the others are only received.")
    var openEvery = 1

    @Option(name: .customLong("case"), help: "Only the case of this name.")
    var only: String?

    @Option(help: "The server's binary.")
    var server: String

    func run() async throws {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        say("All members run in one process and share \(cores) cores with the server.")
        for (index, shape) in MeetingCase.all(minutes: minutes).enumerated() where only == nil || only == shape.name {
            say("\(shape.name) …")
            let server = try ServerProcess(binary: self.server, mallocCounter: nil, port: 18_400 + 2 * index)
            defer { server.stop() }
            try await server.waitUntilReady()
            try await MeetingCourse(shape, server: server, openEvery: openEvery).run().write(asJSON: json)
        }
    }

    private func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
}
