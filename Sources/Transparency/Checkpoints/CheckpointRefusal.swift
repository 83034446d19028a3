// SPDX-License-Identifier: Apache-2.0

/// Why a checkpoint isn't taken (C2SP tlog-checkpoint).
public enum CheckpointRefusal: Error, Hashable, Sendable {
    /// Not a signed note, or not signed by whom it must be.
    case note(NoteRefusal)
    /// "The origin MUST be non-empty" (Note text).
    case invalidOrigin
    /// No decimal without leading zeroes, or above 2^63 - 1 (Note text).
    case invalidSize
    /// No base64 of 32 bytes (Note text).
    case invalidRoot
    /// "Extension lines, if any, MUST be non-empty" (Note text).
    case emptyExtension
    /// The checkpoint of another log.
    case unknownOrigin
}
