// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LogKeeping
import NativeCrypto
import Transparency

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract:
            "Shows a log's key, checkpoint and newest entries, or one entry; each is checked against the signed root."
    )

    @Argument(help: "The log's address.")
    var url: String

    @OptionGroup var trust: TrustOptions

    @Option(help: "This entry alone, counted from 0.")
    var entry: UInt64?

    @Option(help: "So many of the newest entries.")
    var last: UInt64 = 10

    func run() async throws {
        let exchange = NetworkExchange()
        try await show(exchange)
    }

    private func show(_ exchange: NetworkExchange) async throws {
        let source = LogSource(url, over: exchange)
        let trust = try await trust.trust(source)
        let log = try await VerifiedLog(source, trust.policy)
        if let entry { return try await show(entry, of: log) }
        for known in trust.policy.logs where known.log.origin == log.checkpoint.origin {
            print("key  \(known.key.text)")
        }
        if trust.isClaimed { print("     (as the node itself says)") }
        print("\n\(String(decoding: log.checkpoint.note.encoded, as: UTF8.self))")
        let size = log.checkpoint.head.size
        for index in size - min(size, last)..<size { try await show(index, of: log) }
    }

    private func show(_ index: UInt64, of log: VerifiedLog) async throws {
        let bytes = try await log.entry(index).bytes
        print("entry \(index)  \(MerkleTree<NativeCrypto>.leafHash(bytes).text)")
        // What isn't printable ASCII isn't one of ours, and stays off the terminal.
        let isPlain = bytes.allSatisfy { 0x20...0x7E ~= $0 || $0 == 0x0A }
        print(isPlain ? String(decoding: bytes, as: UTF8.self) : "(\(bytes.count) bytes that aren't text)\n")
    }
}
