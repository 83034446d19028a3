// SPDX-License-Identifier: Apache-2.0

import Foundation
import LogKeeping
import NativeCrypto
import Transparency

/// A log whose checkpoint satisfies a policy, and from which single entries are read with their proofs.
struct VerifiedLog {
    let source: LogSource<NetworkExchange>
    let checkpoint: CosignedCheckpoint

    init(_ source: LogSource<NetworkExchange>, _ policy: TrustPolicy) async throws {
        self.source = source
        let bytes: [UInt8]?
        do throws(LogSourceFault) {
            bytes = try await source.fetch([.checkpoint])[0]
        } catch {
            throw LogExit.unreadable(error)
        }
        guard let bytes else { throw LogExit.unreadable("\(source.prefix) has no checkpoint") }
        do {
            let signed = try SignedCheckpoint(parsing: bytes)
            // A minute for clocks that differ.
            checkpoint = try policy.verify(signed, now: WallClock.now.advanced(by: 60), with: NativeCrypto.self)
        } catch {
            print("FAULT checkpoint: \(error)")
            throw LogExit.faults
        }
    }

    /// An entry and the proof that it is in the tree, checked.
    func entry(_ index: UInt64) async throws -> (bytes: [UInt8], proof: InclusionProof) {
        guard let bundle = TileMath.bundle(of: index, size: checkpoint.head.size) else {
            throw LogExit.unreadable("there is no entry \(index); the log has \(checkpoint.head.size)")
        }
        do {
            let files = try await source.fetch([.entries(bundle), .entries(bundle.full)])
            let place = files[0] != nil ? bundle : bundle.full
            guard let bytes = files[0] ?? files[1] else {
                print("FAULT \(LogResource.entries(bundle).path): can't be fetched")
                throw LogExit.faults
            }
            let entries = try EntryBundle.decode(bytes, width: place.width)
            let entry = entries[Int(index % UInt64(TileCoordinate.fullWidth))]
            let proof = try await StoredProofs.inclusion(of: index, in: checkpoint.head.size) { resources in
                try await source.fetch(resources)
            }
            try proof.verify(
                leaf: MerkleTree<NativeCrypto>.leafHash(entry),
                in: checkpoint.head,
                with: NativeCrypto.self
            )
            return (entry, proof)
        } catch let fault as LogSourceFault {
            throw LogExit.unreadable(fault)
        } catch let refusal as MerkleRefusal {
            print("FAULT entry \(index): isn't in the signed tree (\(refusal))")
            throw LogExit.faults
        } catch let refusal as TileRefusal {
            print("FAULT \(LogResource.entries(bundle).path): \(refusal)")
            throw LogExit.faults
        }
    }
}
