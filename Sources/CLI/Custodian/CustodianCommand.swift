// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct CustodianCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "custodian",
        abstract: "What a custodian does with shares of sealed records.",
        discussion: """
            Works on files alone, without any network (docs/sealing.md).
            """,
        subcommands: [
            CustodianShowCommand.self, CustodianReleaseCommand.self, CustodianAttachCommand.self,
            CustodianHandOverCommand.self,
        ]
    )
}
