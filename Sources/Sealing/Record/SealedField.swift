// SPDX-License-Identifier: Apache-2.0

public import Governance

/// One field of a sealed record.
public struct SealedField: Hashable, Sendable {
    /// Padded and with its tag.
    static let ciphertextLength = Padding.length + 16

    public let name: Name
    /// To the field's secret: 32 bytes.
    let commitment: [UInt8]
    let ciphertext: [UInt8]
    /// Of the shares of places 1 to 5.
    let shareHashes: [DocumentHash]
}
