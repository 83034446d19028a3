// SPDX-License-Identifier: Apache-2.0

import Testing
import Transparency

@testable import WitnessServer

@Suite("A witness's configuration")
struct WitnessConfigurationTests {
    private let log: String

    init() throws { log = try Logs.signer().key.text }

    @Test("name, data, address and logs; two keys of one log are one log")
    func reads() throws {
        let other = try Logs.signer(seed: 2).key.text
        let configuration = try WitnessConfiguration(
            parsing: "# mine\nname w.example/1\n\ndata\t/tmp/w\nlisten [::1]:99\nlog \(log)\nlog \(other)\n"
        )
        #expect(configuration.name.text == "w.example/1" && configuration.data == "/tmp/w")
        #expect(configuration.host == "::1" && configuration.port == 99)
        #expect(configuration.logs.count == 1 && configuration.logs.first?.keys.count == 2)
    }

    @Test("what isn't right is refused, with the line")
    func refuses() {
        let good = "name w.example\ndata /tmp/w\nlog \(log)\n"
        let cases: [(String, WitnessConfigurationRefusal)] = [
            ("data /tmp/w\nlog \(log)\n", .missing("name")), ("name w\nlog \(log)\n", .missing("data")),
            ("name w\ndata /tmp/w\n", .missing("log")), (good + "name v\n", .twice("name", line: 4)),
            (good + "colour red\n", .unknownKeyword("colour", line: 4)),
            (good + "listen here\n", .invalidAddress(line: 4)), (good + "listen :1\n", .invalidAddress(line: 4)),
            (good + "listen a:99999\n", .invalidAddress(line: 4)), (good + "log w+1+2\n", .invalidKey(line: 4)),
            (good + "listen a b\n", .wrongItemCount(line: 4)), ("name a+b\n" + good, .invalidName(line: 1)),
        ]
        for (text, refusal) in cases {
            #expect(throws: refusal) { try WitnessConfiguration(parsing: text) }
        }
    }
}
