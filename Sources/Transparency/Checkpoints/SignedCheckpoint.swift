// SPDX-License-Identifier: Apache-2.0

/// A checkpoint with signatures that nobody has checked yet: the first rung. ``VerifiedCheckpoint`` is the next.
public struct SignedCheckpoint: Hashable, Sendable {
    public let note: SignedNote
    public let checkpoint: Checkpoint

    public init(parsing bytes: [UInt8]) throws(CheckpointRefusal) {
        let note: SignedNote
        do throws(NoteRefusal) { note = try SignedNote(parsing: bytes) } catch { throw .note(error) }
        try self.init(note)
    }

    init(_ note: SignedNote) throws(CheckpointRefusal) {
        checkpoint = try Checkpoint(parsing: note.text)
        self.note = note
    }
}
