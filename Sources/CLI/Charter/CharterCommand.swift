// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct CharterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "charter",
        abstract: "Writes, checks, compares and explains charters: who may do what, and who can stop it.",
        discussion: "A charter is one text file (docs/charter.md). All of this works without any network.",
        subcommands: [
            CharterInitCommand.self, CharterCheckCommand.self, CharterDiffCommand.self, CharterExplainCommand.self,
        ]
    )
}
