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
    func entry(_ index: UInt64) async throws -> ProvedEntry {
        guard index < checkpoint.head.size, let plan = try? EntriesPlan(index..<index + 1, in: checkpoint.head) else {
            throw LogExit.unreadable("there is no entry \(index); the log has \(checkpoint.head.size)")
        }
        let files: [[UInt8]?]
        do throws(LogSourceFault) { files = try await source.fetch(plan.resources) } catch {
            throw LogExit.unreadable(error)
        }
        do throws(EntriesRefusal) {
            return try plan.entries(from: files, with: NativeCrypto.self)[0]
        } catch {
            switch error {
            case .missing(let resource): print("FAULT \(resource.path): can't be fetched")
            case .damaged(let resource, let refusal): print("FAULT \(resource.path): \(refusal)")
            case .notInTree(let index, let refusal):
                print("FAULT entry \(index): isn't in the signed tree (\(refusal))")
            }
            throw LogExit.faults
        }
    }
}
