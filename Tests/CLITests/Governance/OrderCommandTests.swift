// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import NativeCrypto
import Testing

@Suite("`vigil order`")
struct OrderCommandTests {
    private let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/governance").path

    /// Of the first case: the bundle's name and the genesis.
    private func first() throws -> (bundle: String, genesis: String) {
        let cases = try String(contentsOfFile: fixtures + "/cases.txt", encoding: .utf8)
        let fields = cases.prefix { $0 != "\n" }.split(separator: " ")
        return (fixtures + "/" + fields[0], String(fields[2]))
    }

    @Test("shows the exact text and its hash")
    func show() async throws {
        let outcome = try await Vigil.run(["order", "show", first().bundle])
        #expect(outcome.status == 0)
        let parts = outcome.text.components(separatedBy: "\nhash        ")
        let hash = NativeCrypto.hash(.sha256, Array(parts[0].utf8)).map { String(format: "%02x", $0) }.joined()
        #expect(parts.count == 2 && parts[1].hasPrefix(hash), "\(outcome.text)")
    }

    @Test("judges by the machine's clock: what could have been done then can't be any more; another genesis never")
    func verify() async throws {
        let (bundle, genesis) = try first()
        let late = try await Vigil.run(["order", "verify", bundle, "--genesis", genesis])
        #expect(late.status == 1 && late.text.contains("REFUSED   staleCheckpoint"), "\(late.text)")
        let other = try await Vigil.run(["order", "verify", bundle, "--genesis", String(genesis.reversed())])
        #expect(other.status == 1 && other.text.contains("REFUSED   chain"), "\(other.text)")
        #expect(try await Vigil.run(["order", "verify", bundle, "--genesis", "none"]).status == 2)
        #expect(try await Vigil.run(["order", "verify", #filePath, "--genesis", genesis]).status == 1)
    }
}
