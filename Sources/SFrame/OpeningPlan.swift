// SPDX-License-Identifier: Apache-2.0

public import Base

/// All that the cipher needs to open one frame. Nothing in it is known to be true until the tag has been checked and
/// ``KeyRing/accept(_:)`` has been told (RFC 9605 §9.4).
public struct OpeningPlan: Sendable {
    public let key: SFrameKey
    /// The whole epoch, not only the bits that travel.
    public let epoch: UInt64
    /// The sender's leaf.
    public let sender: UInt32
    public let context: UInt64
    public let counter: UInt64
    /// Where the ciphertext begins in the frame.
    public let headerLength: Int
    public let nonce: [UInt8]
    /// Header, as it was received, and metadata.
    public let additionalData: [UInt8]
    /// The start of the tag, for the replay window.
    let tag: UInt64

    public func open<Crypto: CryptoProvider>(
        _ frame: [UInt8],
        with _: Crypto.Type
    ) throws(SFrameRefusal) -> [UInt8] {
        guard frame.count >= headerLength else { throw .malformedHeader }
        return try SFrameCipher<Crypto>.open(
            key.suite,
            key: key.key,
            nonce: nonce,
            ciphertext: Array(frame[headerLength...]),
            additionalData: additionalData
        )
    }
}
