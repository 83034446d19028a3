// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Base
import Governance
import LogKeeping
import NativeCrypto
import Sealing
import Transparency

struct UnsealOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Judges the order, checks the releases and opens the ordered fields.",
        discussion: """
            The order is judged as of the newest checkpoint's witnesses: after it is logged as executed nobody gives a permit any more. Each \
            field becomes a file in OUTPUT, readable by its user alone; standard output names them, never what is in them. A release with a bad \
            share is named and left out. Exit status: 0 opened, 1 not, 2 not read.
            """
    )

    @Argument(help: "The sealed record.")
    var record: String

    @Argument(help: "Three custodians' releases, or more.")
    var releases: [String]

    @OptionGroup var order: PermitOptions

    @Option(help: "Hash of the deployment's first charter, in hex, from somewhere else than the files.")
    var genesis: String

    @Option(help: "The file that `vigil unseal key` wrote.")
    var key: String

    @Option(help: "A folder that exists.")
    var output: String

    func run() async throws {
        let (permit, now) = try order.permit(genesis: genesis, now: nil)
        print("judged    as of \(now.text)")
        let (record, keyPair) = (try SealedFile.record(record), try SealedFile.keyPair(key))
        let salt = try SealedFile.salt(order.salt)
        do {
            var combiner = try Combiner<NativeCrypto>(record, under: permit, salt: salt, keyPair: keyPair, now: now)
            for path in releases {
                guard let file = ReleaseFile(parsing: try FileText.read(path, longest: ReleaseFile.longest)) else {
                    throw LogExit.unreadable("\(path) is no release")
                }
                let released = try SealedFile.released(file.shares, at: path)
                let signed = try SealedFile.signed(file.signed, at: path)
                do throws(ReleaseRefusal) { try combiner.add(released, signed: signed, now: now) } catch {
                    print("LEFT OUT  \(path): \(error)")
                }
            }
            for field in try combiner.open() {
                let path = "\(output)/\(field.name.text)"
                try PosixDisk().write(field.content.value, to: path, mode: 0o600)
                print("OPENED    \(path)")
            }
        } catch let refusal as ReleaseRefusal {
            print("REFUSED   \(refusal)")
            throw LogExit.faults
        } catch let fault as DiskFault {
            throw LogExit.unreadable(fault)
        }
    }
}
