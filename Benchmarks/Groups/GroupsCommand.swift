// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

struct GroupsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups",
        abstract: "CPU, bytes and allocations of joining, adding, updating and removing in MLS groups."
    )

    @Flag(help: "One JSON object a case.")
    var json = false

    @Option(help: "Members, several times.")
    var members: [Int] = [2, 10, 100, 1_000]

    @Option(help: "A folder for what the browser's measurement works on.")
    var fixtures: String?

    func run() async throws {
        for count in members {
            FileHandle.standardError.write(Data("\(count) members …\n".utf8))
            let result = try GroupCase(members: count)
            for row in result.rows { row.write(asJSON: json) }
            if let fixtures { try result.fixtures.write(into: URL(fileURLWithPath: fixtures)) }
        }
    }
}
