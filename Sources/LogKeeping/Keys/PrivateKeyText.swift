// SPDX-License-Identifier: Apache-2.0

public import Base
import NativeCrypto
public import Transparency

/// A key's private half as text: `PRIVATE+KEY+<name>+<id>+<base64(signature type || seed)>`, as Go's `sumdb/note` writes it, so
/// that a log can be taken over by other software.
public struct PrivateKeyText: Sendable {
    public let name: KeyName
    public let type: SignatureType
    /// 32 bytes (RFC 8032).
    public let seed: Secret

    private static let prefix = "PRIVATE+KEY+"

    /// A new key.
    public init(name: KeyName, type: SignatureType, randomness: inout some Randomness) {
        self.name = name
        self.type = type
        seed = Secret(randomness.bytes(32))
    }

    /// - Parameter text: with or without a newline at its end.
    public init(parsing text: [UInt8]) throws(PrivateKeyRefusal) {
        let line = text.last == UInt8(ascii: "\n") ? text.dropLast() : text[...]
        guard line.starts(with: PrivateKeyText.prefix.utf8) else { throw .malformed }
        let parts = line.dropFirst(PrivateKeyText.prefix.utf8.count)
            .split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let name = KeyName(parts[0]), let bytes = Base64.decode(parts[2]), bytes.count == 33,
            let type = SignatureType(rawValue: bytes[0])
        else { throw .malformed }
        self.name = name
        self.type = type
        seed = Secret(bytes.dropFirst())
        // The id is of the public key: a key that was copied wrongly doesn't have it.
        guard try parts[1].elementsEqual(Hexadecimal.text(publicHalf().id.bytes).utf8) else { throw .wrongID }
    }

    /// What others check its signatures with.
    public func publicHalf() throws(PrivateKeyRefusal) -> VerifierKey {
        do {
            let publicKey = try NativeCrypto.publicKey(.ed25519, of: seed)
            return try VerifierKey(name: name, type: type, publicKey: publicKey, with: NativeCrypto.self)
        } catch {
            throw .unusable
        }
    }

    /// With a newline at its end. Not to be shown to anybody.
    public func text() throws(PrivateKeyRefusal) -> [UInt8] {
        let id = Hexadecimal.text(try publicHalf().id.bytes)
        let key = seed.withBytes { Base64.encode([type.rawValue] + Array($0)) }
        return Array(PrivateKeyText.prefix.utf8) + name.bytes + Array("+\(id)+".utf8) + key + Array("\n".utf8)
    }
}
