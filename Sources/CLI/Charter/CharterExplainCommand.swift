// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import Governance
import Transparency

struct CharterExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says who could do this to whom, how fast, and who could stop it."
    )

    @Argument(help: "disclose, disclose-emergency, eject, suspend, end-meeting, halt, seat-revoke or charter.")
    var action: Action

    @Argument(help: "The charter.")
    var file: String

    func run() async throws { print(try CharterFile.read(file).explain(action).joined(separator: "\n")) }
}

extension Action: ExpressibleByArgument {
    public init?(argument: String) {
        guard let action = Action.allCases.first(where: { $0.text == argument }) else { return nil }
        self = action
    }
}
