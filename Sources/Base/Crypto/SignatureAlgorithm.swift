// SPDX-License-Identifier: Apache-2.0

/// A signature scheme. ECDSA signatures are DER-encoded, keys uncompressed points (RFC 9420 §5.1.2).
public enum SignatureAlgorithm: Hashable, Sendable {
    case ed25519
    case ecdsaP256SHA256
    case ecdsaP384SHA384
    case ecdsaP521SHA512
}
