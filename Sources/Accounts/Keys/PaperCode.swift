// SPDX-License-Identifier: Apache-2.0

public import Base

/// A recovery code that a person writes down: 128 random bits and a checksum of 4, as 12 words of 11 bits (BIP 39's arithmetic).
public struct PaperCode: Sendable {
    public static let length = 16
    public static let wordCount = 12

    let entropy: Secret

    public init(using randomness: inout some Randomness) {
        entropy = .random(PaperCode.length, using: &randomness)
    }

    /// What was typed in again; `nil` for another number of words, for one that there isn't, and mostly for a mistaken one.
    public init?<Crypto: CryptoProvider>(words: [UInt16], with crypto: Crypto.Type) {
        guard words.count == PaperCode.wordCount, words.allSatisfy({ $0 < 2_048 }) else { return nil }
        var bytes: [UInt8] = []
        var held: UInt32 = 0
        var bits: UInt32 = 0
        for word in words {
            held = held << 11 | UInt32(word)
            bits += 11
            while bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: held >> bits))
            }
            held &= 1 << bits - 1
        }
        // 132 bits: 16 bytes, and 4 that are left.
        guard held == UInt32(PaperCode.checksum(bytes, with: crypto)) else { return nil }
        entropy = Secret(erasing: &bytes)
    }

    /// Numbers below 2,048 that stand for words.
    public func words<Crypto: CryptoProvider>(with crypto: Crypto.Type) -> [UInt16] {
        entropy.withBytes { raw in
            let bytes = Array(raw)
            let last = PaperCode.checksum(bytes, with: crypto) << 4
            return Words.split(bytes + [last], count: PaperCode.wordCount)
        }
    }

    /// The first 4 bits of the entropy's SHA-256.
    private static func checksum<Crypto: CryptoProvider>(_ entropy: [UInt8], with crypto: Crypto.Type) -> UInt8 {
        Crypto.hash(.sha256, entropy)[0] >> 4
    }
}
