// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Governance
import NativeCrypto
import Sealing

/// A custodian's shares of a record, and the folder with the key that opens them.
struct ShareOptions: ParsableArguments {
    @Argument(help: "The sealed record.")
    var record: String

    @Argument(help: "This custodian's sealed shares of it.")
    var shares: String

    @Option(help: "The custodian's folder, that of `vigil approve`: the key is its file `document-key`.")
    var state: String

    @Option(help: "Hash of the deployment's first charter, in hex, from somewhere else than the files.")
    var genesis: String

    /// - Throws: ``LogExit`` if these files aren't for each other.
    func custodian() throws -> (SealedRecord, SealedShares, Custodian<NativeCrypto>) {
        let genesis = try OrderFile.hash(genesis, named: "--genesis")
        let (record, shares) = (try SealedFile.record(record), try SealedFile.shares(shares))
        let keyPair = try SealedFile.keyPair(state + "/document-key")
        do throws(ReleaseRefusal) {
            let custodian = try Custodian<NativeCrypto>(
                of: record,
                shares: shares,
                keyPair: keyPair,
                genesis: genesis
            )
            return (record, shares, custodian)
        } catch {
            throw SealedFile.fault(self.shares, "not this custodian's shares of this record", error)
        }
    }
}
