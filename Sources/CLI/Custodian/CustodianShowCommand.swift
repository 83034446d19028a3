// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Governance
import NativeCrypto
import Sealing
import Transparency

struct CustodianShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Says what a record is and whether this custodian's shares of it are sound.",
        discussion:
            "Exit status: 0 they are, 1 they aren't, and standard output names the rule; 2 the files couldn't be read."
    )

    @OptionGroup var files: ShareOptions

    func run() async throws {
        let (record, shares, custodian) = try files.custodian()
        print("record    \(record.id(with: NativeCrypto.self).text)")
        print("sealed    \(record.sealed.text)\nuntil     \(record.until.text)")
        for (index, name) in record.custodians.enumerated() { print("place \(index + 1)   \(name.text)") }
        for field in record.fields { print("field     \(field.name.text)") }
        do throws(ReleaseRefusal) {
            try custodian.check()
            print("SOUND     place \(shares.place), \(shares.seat.text)")
        } catch {
            print("REFUSED   \(error)")
            throw LogExit.faults
        }
    }
}
