// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Base
import Governance
import LogKeeping
import NativeCrypto
import Sealing
import Transparency

struct CustodianHandOverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hand-over",
        abstract: "Seals this custodian's shares of a record to a successor's key.",
        discussion: """
            The successor is a custodian of the charter in force, and has signed the key; nobody else gets anything. Exit status: 0, 1 \
            refused, 2 not read.
            """
    )

    @OptionGroup var files: ShareOptions

    @Option(help: "The successor's signed `vigil-seat-key/v1`.")
    var to: String

    @Option(help: "One of the four seats that have the other places now; four times.")
    var beside: [String] = []

    @Option(help: "A bundle with the newest charter: any order's.")
    var charters: String

    @Option(help: "Where the successor's shares go.")
    var output: String

    func run() async throws {
        let (_, _, custodian) = try files.custodian()
        let text = try FileText.read(to, longest: Signed<SeatKey>.longest)
        let successor: Signed<SeatKey>
        do throws(StatementRefusal) { successor = try Signed(parsing: text) } catch {
            throw LogExit.unreadable("\(to) is no seat's key: \(error)")
        }
        let present = try beside.map { text in
            guard let name = Name(text) else { throw LogExit.unreadable("\(text) is no seat's name") }
            return name
        }
        guard let now = EntryTime(seconds: WallClock.now.seconds) else {
            throw LogExit.unreadable("this machine's clock is wrong")
        }
        var randomness = SystemRandomness()
        do {
            let inForce = try CharterInForce(
                chain: OrderFile.bundle(charters).charters,
                genesis: OrderFile.hash(files.genesis, named: "--genesis"),
                now: WallClock.now.advanced(by: OrderBundle.clockTolerance),
                with: NativeCrypto.self
            )
            let shares = try custodian.handOver(
                to: successor,
                beside: present,
                under: inForce,
                now: now,
                using: &randomness
            )
            try PosixDisk().write(shares.text, to: output, mode: 0o600)
            print("HANDED    place \(shares.place), to \(shares.seat.text)")
        } catch let refusal as ChainRefusal {
            print("REFUSED   \(refusal)")
            throw LogExit.faults
        } catch let refusal as ReleaseRefusal {
            print("REFUSED   \(refusal)")
            throw LogExit.faults
        } catch let fault as DiskFault {
            throw LogExit.unreadable(fault)
        }
    }
}
