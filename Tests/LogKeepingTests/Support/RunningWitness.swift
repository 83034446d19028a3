// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport
import Transparency

/// A `vigil-witness` of its own on a free port.
final class RunningWitness {
    let key: VerifierKey
    let url: String
    private let program: Program

    init(_ name: String, of log: VerifierKey, in folder: TemporaryFolder, port: Int = 0) throws {
        let configuration = try folder.write(
            "name \(name)\ndata \(folder.path)/\(name)\nlisten 127.0.0.1:\(port)\nlog \(log.text)\n",
            to: name + ".conf"
        )
        program = try Program("vigil-witness", [configuration])
        let words = (program.line() ?? "").split(separator: " ").map(String.init)
        guard words.count == 3, words[0] == "witness" else { throw Logs.Failure.missing("witness") }
        key = try VerifierKey(parsing: words[1].utf8, with: NativeCrypto.self)
        url = words[2]
    }

    func kill() { program.killNow() }
}
