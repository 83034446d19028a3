// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

struct GroupsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups",
        abstract: "CPU and bytes of joining, adding, updating and removing in MLS groups."
    )

    @Flag(help: "One JSON object a case.")
    var json = false

    @Option(help: "Members, several times.")
    var members: [Int] = [2, 10, 100, 1_000]

    func run() async throws {
        for count in members {
            FileHandle.standardError.write(Data("\(count) members …\n".utf8))
            try GroupCase.measure(members: count).write(asJSON: json)
        }
    }
}
