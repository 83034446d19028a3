// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Reads a node's public log, and says what is wrong with it.",
        discussion: """
            URL is the log's address, for a node of Vigil https://NODE/log.

            Exit status: 0 all in order; 1 something is wrong, and standard output says what and where; 2 the log couldn't be \
            read, which says nothing about it; 64 a wrong command.
            """,
        subcommands: [
            VerifyCommand.self, MonitorCommand.self, ShowCommand.self, ProveCommand.self, CheckProofCommand.self,
            CheckClientCommand.self,
        ]
    )
}
