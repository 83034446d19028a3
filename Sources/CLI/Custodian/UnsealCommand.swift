// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct UnsealCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unseal",
        abstract:
            "The recipient's side of a disclosure: a key for one order, and the ordered fields out of three releases.",
        discussion: "Works on files alone, without any network (docs/sealing.md).",
        subcommands: [UnsealKeyCommand.self, UnsealOpenCommand.self]
    )
}
