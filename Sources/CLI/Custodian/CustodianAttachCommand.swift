// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Governance
import LogKeeping
import NativeCrypto
import Sealing
import Transparency

struct CustodianAttachCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract: "Puts released shares and the custodian's signed statement into one file for the recipient."
    )

    @Argument(help: "What `vigil custodian release` wrote.")
    var released: String

    @Argument(help: "The statement that the seat's passkey signed.")
    var signed: String

    @Option(help: "Where the release goes.")
    var output: String

    func run() async throws {
        let text = try FileText.read(released, longest: ReleasedShares.longest)
        let signature = try FileText.read(signed, longest: ReleaseFile.longest)
        let shares = try SealedFile.released(text, at: released)
        let statement = try SealedFile.signed(signature, at: signed).statement
        guard statement == shares.statement(under: statement.charter, with: NativeCrypto.self) else {
            print("FAULT \(signed): signed for other shares")
            throw LogExit.faults
        }
        let file = ReleaseFile(shares: text, signed: signature)
        do throws(DiskFault) { try PosixDisk().write(file.text, to: output, mode: 0o600) } catch {
            throw LogExit.unreadable(error)
        }
        print("RELEASE   order \(shares.order.text)\nseat      \(shares.seat.text)")
    }
}
