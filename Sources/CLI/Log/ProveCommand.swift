// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LogKeeping
import NativeCrypto
import Transparency

struct ProveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Writes the proof that an entry is in the log (c2sp.org/tlog-proof), to be checked without the log."
    )

    @Argument(help: "The log's address.")
    var url: String

    @Argument(help: "Which entry, counted from 0.")
    var index: UInt64

    @OptionGroup var trust: TrustOptions

    @Option(
        name: .shortAndLong,
        help: "Write INDEX.tlog-proof and INDEX.entry in this folder, in place of standard output."
    )
    var output: String?

    func run() async throws {
        let exchange = NetworkExchange()
        let source = LogSource(url, over: exchange)
        let log = try await VerifiedLog(source, trust.trust(source).policy)
        let entry = try await log.entry(index)
        let proof = LogProof(inclusion: entry.proof, checkpoint: log.checkpoint).encoded
        if let output {
            let disk = PosixDisk()
            do throws(DiskFault) {
                try disk.write(proof, to: "\(output)/\(index).tlog-proof", mode: 0o644)
                try disk.write(entry.bytes, to: "\(output)/\(index).entry", mode: 0o644)
            } catch {
                throw LogExit.unreadable(error)
            }
        } else {
            FileHandle.standardOutput.write(Data(proof))
        }
    }
}
