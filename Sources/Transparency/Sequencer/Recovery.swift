// SPDX-License-Identifier: Apache-2.0

import Base

/// What a sequencer finds when it begins, or after a write that may have failed: how far the last batch came.
struct Recovery: Sendable {
    /// The last checkpoint that was signed; `nil` before the first.
    let record: VerifiedCheckpoint?
    /// From where to go on: the log's edge at this size is needed.
    let base: UInt64
    /// The batch to run, from the first step on; `nil` if the last one is done.
    let batch: Stage?
    /// The last batch's entries, if it is done: they are remembered.
    let finished: Stage?

    static let keys: [StoreKey] = [.record, .stage, .published(.checkpoint)]

    /// - Parameter files: the answers to ``keys``.
    init<Crypto: CryptoProvider>(
        files: [[UInt8]?],
        log: KnownLog,
        with crypto: Crypto.Type
    ) throws(SequencerFault) {
        guard files.count == Recovery.keys.count else { throw .recordUnreadable }
        let published = try Recovery.checkpoint(files[2], log, .publishedUnreadable, crypto)
        let record = try Recovery.checkpoint(files[0], log, .recordUnreadable, crypto)
        let stage = files[1].flatMap { Stage(decoding: $0, with: crypto) }
        self.record = record

        guard let record else {
            guard published == nil else { throw .recordLost }
            // A first start: the empty log is a batch like any other. If one was staged before, it is that one.
            guard files[1] == nil || stage?.to == 0 else { throw .stageContradictsRecord }
            (base, batch, finished) = (0, Stage(from: 0, entries: []), nil)
            return
        }
        if let published {
            guard published.head.size < record.head.size || published.checkpoint == record.checkpoint else {
                throw .recordBehindPublished
            }
        }
        let isPublished = published?.checkpoint == record.checkpoint
        guard let stage else {
            guard isPublished else { throw .stageUnreadable }
            (base, batch, finished) = (record.head.size, nil, nil)
            return
        }
        if stage.to == record.head.size {
            // Committed. Announced too: done. Otherwise once more through all steps; those that hold change nothing.
            if isPublished {
                (base, batch, finished) = (record.head.size, nil, stage)
            } else {
                (base, batch, finished) = (stage.from, stage, nil)
            }
        } else if stage.from == record.head.size {
            (base, batch, finished) = (stage.from, stage, nil)
        } else {
            throw .stageContradictsRecord
        }
    }

    private static func checkpoint<Crypto: CryptoProvider>(
        _ bytes: [UInt8]?,
        _ log: KnownLog,
        _ fault: SequencerFault,
        _ crypto: Crypto.Type
    ) throws(SequencerFault) -> VerifiedCheckpoint? {
        guard let bytes else { return nil }
        do throws(CheckpointRefusal) {
            return try VerifiedCheckpoint(parsing: bytes, by: log, with: crypto)
        } catch {
            throw fault
        }
    }
}
