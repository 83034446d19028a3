// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// Entries of which it is proved where they stand in the log of an execution checkpoint, and by when they did.
struct LoggedRange {
    let start: UInt64
    let entries: [[UInt8]]
    /// The bundle's checkpoints, then the execution checkpoint.
    let heads: [WitnessedHead]
    let execution: WitnessedHead

    init<Crypto: CryptoProvider>(
        _ bundle: OrderBundle,
        to checkpoint: SignedCheckpoint,
        under policy: TrustPolicy,
        now: CosignatureTime,
        with crypto: Crypto.Type
    ) throws(RangeRefusal) {
        do throws(CheckpointFault) { execution = try policy.head(checkpoint, now: now, with: crypto) } catch {
            throw .execution(error)
        }
        var heads: [WitnessedHead] = []
        for (number, bytes) in bundle.checkpoints.enumerated() {
            let signed: SignedCheckpoint
            do throws(CheckpointRefusal) { signed = try SignedCheckpoint(parsing: bytes) } catch {
                throw .checkpoint(number, .malformed(error))
            }
            do throws(CheckpointFault) {
                heads.append(try policy.witnessed(signed, now: now, with: crypto))
            } catch {
                throw .checkpoint(number, error)
            }
        }
        guard var tail = TreeTail<Crypto>(start: bundle.start, subtrees: bundle.subtrees) else { throw .malformedEdge }
        var next = 0
        func match(_ tail: TreeTail<Crypto>) throws(RangeRefusal) {
            while next < heads.count, heads[next].head.size <= tail.size {
                guard heads[next].head.size == tail.size else { throw .checkpointOutside(next) }
                guard heads[next].head == tail.head else { throw .otherTree(next) }
                next += 1
            }
        }
        try match(tail)
        for entry in bundle.entries {
            tail.append(MerkleTree<Crypto>.leafHash(entry))
            try match(tail)
        }
        guard next == heads.count else { throw .checkpointOutside(next) }
        guard tail.size >= execution.head.size else { throw .endsEarly }
        guard tail.size <= execution.head.size else { throw .checkpointTooSmall }
        guard tail.head == execution.head else { throw .forked }
        start = bundle.start
        entries = bundle.entries
        self.heads = heads + [execution]
    }

    /// Witnesses had seen the entry by this time, in seconds since 1970.
    func loggedBy(_ index: UInt64) -> UInt64 {
        var earliest = UInt64.max
        for head in heads where head.head.size > index { earliest = min(earliest, head.notAfter) }
        return earliest
    }

    /// Witnesses had not seen the entry yet at this time; 0 if nothing shows it.
    func absentUntil(_ index: UInt64) -> UInt64 {
        var latest: UInt64 = 0
        for head in heads where head.head.size <= index { latest = max(latest, head.notBefore) }
        return latest
    }
}
