// SPDX-License-Identifier: Apache-2.0

public import Base

/// A public key with the name and id under which it signs: a vkey (C2SP signed-note, Verifier keys).
public struct VerifierKey: Hashable, Sendable {
    public let name: KeyName
    public let id: KeyID
    public let type: SignatureType
    /// 32 bytes (RFC 8032).
    public let publicKey: [UInt8]

    static let publicKeyLength = 32

    /// With the id that name, type and key give.
    public init<Crypto: CryptoProvider>(
        name: KeyName,
        type: SignatureType,
        publicKey: [UInt8],
        with crypto: Crypto.Type
    ) throws(KeyRefusal) {
        guard publicKey.count == VerifierKey.publicKeyLength else { throw .wrongKeyLength }
        self.name = name
        self.type = type
        self.publicKey = publicKey
        id = KeyID(name: name, type: type, publicKey: publicKey, with: crypto)
    }

    /// `<key name>+hex(32-bit key ID)+base64(signature type || public key)`. For both types that we have the id is the one
    /// computed ("Ed25519 signatures"; tlog-cosignature, Format), so that a slip of the pen in a key is noticed.
    public init<Crypto: CryptoProvider>(
        parsing text: some Collection<UInt8>,
        with crypto: Crypto.Type
    ) throws(KeyRefusal) {
        // Names have no plus sign, but base64 has: only the first two separate.
        let parts = Array(text).split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed }
        guard let name = KeyName(parts[0]) else { throw .invalidName }
        guard parts[1].count == 8, let idBytes = Hexadecimal.decode(parts[1]) else { throw .malformed }
        guard let key = Base64.decode(parts[2]), let first = key.first else { throw .malformed }
        guard let type = SignatureType(rawValue: first) else { throw .unsupportedType(first) }
        try self.init(name: name, type: type, publicKey: Array(key.dropFirst()), with: crypto)
        guard id.bytes == idBytes else { throw .wrongID }
    }

    /// The vkey.
    public var text: String {
        var text = name.bytes
        text.append("+")
        text += Hexadecimal.encode(id.bytes)
        text.append("+")
        text += Base64.encode([type.rawValue] + publicKey)
        return String(decoding: text, as: UTF8.self)
    }
}
