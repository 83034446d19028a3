// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Governance
import NativeCrypto
import Transparency

struct OrderShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract:
            "Shows the exact text of an order and its hash: a second opinion beside the page that asks for a signature.",
        discussion: "FILE is an order's text or a bundle. Only printable text is shown, exactly as it is signed."
    )

    @Argument(help: "The order.")
    var file: String

    func run() async throws {
        let (order, text) = try OrderFile.order(file)
        let hash = order.hash(with: NativeCrypto.self).text
        FileHandle.standardOutput.write(Data(text))
        print("\nhash        \(hash)\nshort hash  \(hash.prefix(8)) \(hash.dropFirst(8).prefix(8))")
    }
}
