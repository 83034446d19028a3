// SPDX-License-Identifier: Apache-2.0

import Base

/// What a witness remembers of a log: the latest checkpoint it cosigned, with the log's signature and its own.
///
/// The very file that `GET <monitoring prefix>/<origin hash>/checkpoint` serves (C2SP tlog-witness, Monitor Retrieval Mechanism).
struct WitnessRecord: Sendable {
    let checkpoint: VerifiedCheckpoint
    let cosignature: NoteSignature
    let time: CosignatureTime

    var encoded: [UInt8] { checkpoint.note.encoded }

    /// New, not yet durable.
    init(_ checkpoint: VerifiedCheckpoint, of log: KnownLog, _ cosignature: NoteSignature, at time: CosignatureTime) {
        // "The cosignature(s) from the witness's key(s) … and the cosignature from the log key(s) that the witness verified":
        // what others signed isn't kept, nor what we signed before.
        self.checkpoint = checkpoint.keeping(signaturesOf: log.keys).adding([cosignature])
        self.cosignature = cosignature
        self.time = time
    }

    init<Crypto: CryptoProvider>(
        parsing bytes: [UInt8],
        log: KnownLog,
        key: VerifierKey,
        with crypto: Crypto.Type
    ) throws(WitnessFault) {
        do throws(CheckpointRefusal) {
            checkpoint = try VerifiedCheckpoint(parsing: bytes, by: log, with: crypto)
        } catch {
            throw .recordUnreadable(error)
        }
        guard let own = (try? checkpoint.note.verify(with: [key], crypto: crypto))?.first, let time = own.time else {
            throw .recordNotCosigned
        }
        cosignature = own.signature
        self.time = time
    }
}
