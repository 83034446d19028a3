// SPDX-License-Identifier: Apache-2.0

public import Base

/// The key and salt of one key identifier (RFC 9605 §4.4.2). Only derivation makes one, so a key never goes without
/// the suite and identifier that are mixed into it.
public struct SFrameKey: Sendable {
    public let suite: SFrameSuite
    /// `KID`.
    public let keyID: UInt64
    /// `sframe_key`, `Nk` bytes.
    public let key: Secret
    /// `sframe_salt`, `Nn` bytes.
    public let salt: Secret

    public init<Crypto: CryptoProvider>(
        deriving suite: SFrameSuite,
        keyID: UInt64,
        baseKey: Secret,
        with _: Crypto.Type
    ) throws(SFrameRefusal) {
        guard baseKey.count > 0 else { throw .invalidKey }
        let secret = Crypto.extract(suite.hash, salt: Secret([]), inputKeyMaterial: baseKey)
        do {
            key = try Crypto.expand(
                suite.hash,
                pseudorandomKey: secret,
                info: SFrameKey.label("SFrame 1.0 Secret key ", keyID, suite),
                length: suite.keyLength
            )
            salt = try Crypto.expand(
                suite.hash,
                pseudorandomKey: secret,
                info: SFrameKey.label("SFrame 1.0 Secret salt ", keyID, suite),
                length: suite.nonceLength
            )
        } catch {
            throw .primitiveFailed
        }
        self.suite = suite
        self.keyID = keyID
    }

    /// The nonce of one counter: the counter, big-endian and as long as a nonce, XORed with the salt (RFC 9605 §4.4.3).
    public func nonce(for counter: UInt64) -> [UInt8] {
        var nonce = salt.withBytes { Array($0) }
        var left = counter
        var index = nonce.count
        while left > 0, index > 0 {
            index -= 1
            nonce[index] ^= UInt8(truncatingIfNeeded: left)
            left >>= 8
        }
        return nonce
    }

    private static func label(_ text: StaticString, _ keyID: UInt64, _ suite: SFrameSuite) -> [UInt8] {
        var writer = ByteWriter(reserving: 40)
        text.withUTF8Buffer { writer.write($0) }
        writer.write(keyID)
        writer.write(suite.rawValue)
        return writer.bytes
    }
}
