// SPDX-License-Identifier: Apache-2.0

/// The signature types that we have (C2SP signed-note, Signature types). "Implementations SHOULD select only the one(s)
/// required for their design": ML-DSA-44 (0x06) comes when a library has it.
public enum SignatureType: UInt8, Hashable, Sendable {
    /// An Ed25519 signature over the note's text.
    case ed25519 = 0x01
    /// A timestamped Ed25519 cosignature (C2SP tlog-cosignature).
    case cosignature = 0x04
}
