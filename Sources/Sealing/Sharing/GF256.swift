// SPDX-License-Identifier: Apache-2.0

/// An element of GF(2^8) modulo x^8 + x^4 + x^3 + x + 1 (FIPS 197 §4). No operation branches on a value or looks one up in a table, so that
/// the time says nothing about shares.
struct GF256: Hashable {
    let byte: UInt8

    init(_ byte: UInt8) { self.byte = byte }

    static let zero = GF256(0)
    static let one = GF256(1)

    /// Also subtraction.
    static func + (lhs: GF256, rhs: GF256) -> GF256 { GF256(lhs.byte ^ rhs.byte) }

    /// Bit by bit: each step's masks are all ones or all zeros.
    static func * (lhs: GF256, rhs: GF256) -> GF256 {
        var (left, right, product) = (lhs.byte, rhs.byte, UInt8(0))
        for _ in 0..<8 {
            product ^= left & (0 &- (right & 1))
            left = left << 1 ^ 0x1B & (0 &- (left >> 7))
            right >>= 1
        }
        return GF256(product)
    }

    /// x^254, which is 1/x, and 0 for 0.
    var inverse: GF256 {
        var (result, power) = (GF256.one, self)
        for _ in 0..<7 {
            power = power * power
            result = result * power
        }
        return result
    }
}
