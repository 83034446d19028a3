// SPDX-License-Identifier: Apache-2.0

/// An authenticated cipher with a 12-byte nonce and a 16-byte tag (RFC 5116, RFC 8439).
public enum AEADAlgorithm: Hashable, Sendable {
    case aes128GCM
    case aes256GCM
    case chaCha20Poly1305

    /// `Nk`.
    public var keyLength: Int { self == .aes128GCM ? 16 : 32 }
    /// `Nn`.
    public var nonceLength: Int { 12 }
    /// `Nt`.
    public var tagLength: Int { 16 }
}
