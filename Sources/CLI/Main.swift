// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vigil",
        abstract:
            "Checks public logs, charters and orders, and opens meetings from this machine's own copy of the client.",
        subcommands: [
            LogCommand.self, ReportCommand.self, CharterCommand.self, OrderCommand.self, CustodianCommand.self,
            UnsealCommand.self, OpenCommand.self,
        ]
    )
}
