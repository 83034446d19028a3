// SPDX-License-Identifier: Apache-2.0

public import Base

/// A checkpoint that a known log signed: the second rung. What witnesses say about it is ``CosignedCheckpoint``'s.
public struct VerifiedCheckpoint: Hashable, Sendable {
    public let checkpoint: Checkpoint
    /// With all its signatures, of whom ever.
    public let note: SignedNote

    public var origin: LogOrigin { checkpoint.origin }
    public var head: TreeHead { checkpoint.head }

    public init<Crypto: CryptoProvider>(
        _ signed: SignedCheckpoint,
        by log: KnownLog,
        with crypto: Crypto.Type
    ) throws(CheckpointRefusal) {
        guard signed.checkpoint.origin == log.origin else { throw .unknownOrigin }
        do throws(NoteRefusal) { _ = try signed.note.verify(with: log.keys, crypto: crypto) } catch {
            throw .note(error)
        }
        checkpoint = signed.checkpoint
        note = signed.note
    }

    /// Reads and verifies in one go.
    public init<Crypto: CryptoProvider>(
        parsing bytes: [UInt8],
        by log: KnownLog,
        with crypto: Crypto.Type
    ) throws(CheckpointRefusal) {
        try self.init(SignedCheckpoint(parsing: bytes), by: log, with: crypto)
    }

    /// Ours, just signed.
    init<Crypto: CryptoProvider>(signing checkpoint: Checkpoint, with signer: NoteSigner<Crypto>) throws(SignerRefusal)
    {
        self.checkpoint = checkpoint
        note = try signer.sign(checkpoint.text)
    }

    private init(checkpoint: Checkpoint, note: SignedNote) {
        self.checkpoint = checkpoint
        self.note = note
    }

    /// The same checkpoint with more signatures.
    func adding(_ signatures: some Sequence<NoteSignature>) -> VerifiedCheckpoint {
        VerifiedCheckpoint(checkpoint: checkpoint, note: note.adding(signatures))
    }

    /// The same checkpoint without signatures of other keys.
    package func keeping(signaturesOf keys: [VerifierKey]) -> VerifiedCheckpoint {
        let kept = note.signatures.filter { signature in keys.contains { signature.isFrom($0) } }
        return VerifiedCheckpoint(checkpoint: checkpoint, note: SignedNote(text: note.text, signatures: kept))
    }
}
