// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct OrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order",
        abstract: "Shows an order, and judges its bundle as nodes and clients do.",
        discussion: "Works on files alone, without any network (docs/orders.md).",
        subcommands: [OrderShowCommand.self, OrderVerifyCommand.self]
    )
}
