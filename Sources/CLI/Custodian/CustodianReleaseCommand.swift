// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Base
import Foundation
import Governance
import LogKeeping
import NativeCrypto
import Sealing
import Transparency

struct CustodianReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Judges an order and seals the ordered fields' shares to its recipient.",
        discussion: """
            Writes the released shares to OUTPUT, and to standard output the statement that the seat's passkey is to sign. `vigil custodian \
            attach` puts the two together. Without a permit nothing is written. Exit status: 0, 1 refused, 2 not read.
            """
    )

    @OptionGroup var files: ShareOptions

    @OptionGroup var order: PermitOptions

    @Option(help: "Where the released shares go.")
    var output: String

    func run() async throws {
        let (_, _, custodian) = try files.custodian()
        let (permit, now) = try order.permit(genesis: files.genesis, now: WallClock.now)
        let salt = try SealedFile.salt(order.salt)
        var randomness = SystemRandomness()
        let released: ReleasedShares
        do throws(ReleaseRefusal) {
            released = try custodian.release(under: permit, salt: salt, now: now, using: &randomness)
        } catch {
            print("REFUSED   \(error)")
            throw LogExit.faults
        }
        try enter(permit, now: now)
        do throws(DiskFault) { try PosixDisk().write(released.text, to: output, mode: 0o600) } catch {
            throw LogExit.unreadable(error)
        }
        let statement = released.statement(under: permit.inForce.hash, with: NativeCrypto.self)
        FileHandle.standardOutput.write(Data(statement.text))
    }

    /// Into the folder's book of releases, which is made if it isn't there.
    private func enter(_ permit: Permit, now: EntryTime) throws {
        let folder = DurableFolder(files.state, on: PosixDisk())
        do {
            var book = try folder.read("release-book").map { try ReleaseBook(parsing: $0) } ?? ReleaseBook()
            try book.enter(permit, now: now)
            try folder.put([("release-book", book.text)], mode: 0o600)
        } catch let refusal as ReleaseRefusal {
            print("REFUSED   \(refusal)")
            throw LogExit.faults
        } catch {
            throw LogExit.unreadable("\(files.state)/release-book: \(error)")
        }
    }
}
