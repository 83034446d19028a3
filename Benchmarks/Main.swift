// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

@main
struct VigilBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vigil-bench",
        abstract: "Measures Vigil; started by ./bench.",
        subcommands: [MediaCommand.self, MeetingCommand.self, GroupsCommand.self, LogCommand.self]
    )
}
