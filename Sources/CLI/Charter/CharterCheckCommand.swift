// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Governance
import NativeCrypto
import Transparency

struct CharterCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Says whether a file is a charter, its hash, and what can be done under it.",
        discussion:
            "Exit status: 0 a charter; 1 none, and standard output says which line breaks which rule; 2 it couldn't be read."
    )

    @Argument(help: "The charter.")
    var file: String

    func run() async throws {
        let charter = try CharterFile.read(file)
        print("charter   version \(charter.version) of \(charter.deployment.text)")
        print("hash      \(charter.hash(with: NativeCrypto.self).text)")
        print("previous  \(charter.previous?.text ?? "none: this is the first, and its hash is the genesis")")
        print("in force  \(charter.issued.text) to \(charter.expires.text)")
        print("seats     \(charter.seats.count)")
        let possible = Action.allCases.filter { charter.rule(for: $0) != nil }
        print("possible  \(possible.isEmpty ? "nothing" : possible.map(\.text).joined(separator: ", "))")
    }
}
