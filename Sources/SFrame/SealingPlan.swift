// SPDX-License-Identifier: Apache-2.0

public import Base

/// All that the cipher needs to seal one frame. The counter in it is spent, whether or not the cipher then runs.
///
/// Planning apart from encrypting lets a browser's WebCrypto do the AES: the frame on the wire is `header` followed by
/// ciphertext and tag.
public struct SealingPlan: Sendable {
    public let key: SFrameKey
    public let counter: UInt64
    public let header: [UInt8]
    public let nonce: [UInt8]
    /// Header and metadata.
    public let additionalData: [UInt8]

    /// For vectors and tools; members plan with ``KeyRing/planSealing(context:metadata:using:)``, which counts.
    public init(key: SFrameKey, counter: UInt64, metadata: [UInt8]) {
        self.key = key
        self.counter = counter
        header = SFrameHeader(keyID: key.keyID, counter: counter).encoded
        nonce = key.nonce(for: counter)
        additionalData = header + metadata
    }

    /// The whole sealed frame.
    public func seal<Crypto: CryptoProvider>(
        _ plaintext: [UInt8],
        with _: Crypto.Type
    ) throws(SFrameRefusal) -> [UInt8] {
        guard plaintext.count <= SFrameLimits.frame else { throw .tooLong }
        return header
            + (try SFrameCipher<Crypto>.seal(
                key.suite,
                key: key.key,
                nonce: nonce,
                plaintext: plaintext,
                additionalData: additionalData
            ))
    }
}
