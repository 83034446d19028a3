// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LogKeeping
import NativeCrypto
import Transparency

struct CheckProofCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-proof",
        abstract: "Checks a proof (c2sp.org/tlog-proof) of an entry, without any network."
    )

    @Argument(help: "The proof's file.")
    var proof: String

    @Argument(help: "The entry's file.")
    var entry: String

    @Option(help: "Policy file (c2sp.org/tlog-policy) with the log's key, its witnesses and their quorum.")
    var policy: String

    func run() async throws {
        guard let proofBytes = FileManager.default.contents(atPath: proof),
            let entryBytes = FileManager.default.contents(atPath: entry),
            let policyBytes = FileManager.default.contents(atPath: policy)
        else { throw LogExit.unreadable("a file can't be read") }
        let trust = try TrustOptions.read(Array(policyBytes), named: policy, isClaimed: false)
        do throws(ProofRefusal) {
            let logged = try LogProof(parsing: Array(proofBytes)).verify(
                leaf: MerkleTree<NativeCrypto>.leafHash(Array(entryBytes)),
                policy: trust.policy,
                now: WallClock.now.advanced(by: 60),
                with: NativeCrypto.self
            )
            print(
                "Entry \(logged.index) of \(logged.checkpoint.origin.text), seen by \(logged.checkpoint.cosignatures.count)"
                    + " of the policy's witnesses."
            )
        } catch {
            print("FAULT \(proof): \(error)")
            throw LogExit.faults
        }
    }
}
