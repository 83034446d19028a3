// SPDX-License-Identifier: Apache-2.0

/// Bytes as numbers of 11 bits, each of which stands for one of 2,048 words.
public enum Words {
    public static func split(_ bytes: [UInt8], count: Int) -> [UInt16] {
        var words: [UInt16] = []
        var held: UInt32 = 0
        var bits = 0
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            bits += 8
            guard bits >= 11 else { continue }
            bits -= 11
            words.append(UInt16(truncatingIfNeeded: held >> UInt32(bits)) & 0x7FF)
            held &= 1 << UInt32(bits) - 1
            if words.count == count { return words }
        }
        return words
    }
}
