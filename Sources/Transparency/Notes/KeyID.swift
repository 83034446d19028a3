// SPDX-License-Identifier: Apache-2.0

public import Base

/// The short identifier beside a key's name (C2SP signed-note, Signatures). No hash to rely on.
public struct KeyID: Hashable, Sendable {
    public let value: UInt32

    public init(_ value: UInt32) {
        self.value = value
    }

    /// `SHA-256(key name || 0x0A || signature type || public key)[:4]`.
    public init<Crypto: CryptoProvider>(
        name: KeyName,
        type: SignatureType,
        publicKey: [UInt8],
        with crypto: Crypto.Type
    ) {
        let digest = Crypto.hash(.sha256, name.bytes + [.newline, type.rawValue] + publicKey)
        var value: UInt32 = 0
        for byte in digest.prefix(4) { value = value << 8 | UInt32(byte) }
        self.value = value
    }

    public var bytes: [UInt8] {
        var writer = ByteWriter(reserving: 4)
        writer.write(value)
        return writer.bytes
    }
}
