// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Governance
import NativeCrypto
import Transparency

struct CharterDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Says in plain words what a new version of a charter changes."
    )

    @Argument(help: "The version in force.")
    var old: String

    @Argument(help: "The new one.")
    var new: String

    func run() async throws {
        let (before, after) = (try CharterFile.read(old), try CharterFile.read(new))
        if after.previous != before.hash(with: NativeCrypto.self) { print("\(new) doesn't follow \(old).\n") }
        let changes = before.changes(to: after)
        print(changes.isEmpty ? "Nothing but version and dates." : changes.joined(separator: "\n"))
    }
}
