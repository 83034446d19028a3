// SPDX-License-Identifier: Apache-2.0

/// Why bytes are no signed note, or none that is signed by whom it must be (C2SP signed-note).
public enum NoteRefusal: Error, Hashable, Sendable {
    /// Longer than ``SignedNote/longest``.
    case tooLong
    /// More signatures than ``SignedNote/mostSignatures``.
    case tooManySignatures
    /// No UTF-8, or control characters (Format).
    case invalidText
    /// No blank line between a text and signatures, or no signature (Format).
    case noSignatures
    /// A signature line that isn't one, or a last line without a newline (Format).
    case malformedSignature
    /// A signature with a known key's name and id that isn't that key's: "clients SHOULD reject the whole note".
    case wrongSignature(KeyName)
    /// "If no signature from a known key verifies successfully, clients MUST reject the note."
    case noKnownSignature
}
