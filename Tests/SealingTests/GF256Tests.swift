// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Sealing

@Suite("The field of 256 elements")
struct GF256Tests {
    /// By powers of the generator 3 (FIPS 197 §4.2 gives the polynomial), another way than the code's.
    private static let powers: [UInt8] = {
        var powers: [UInt8] = [1]
        while powers.count < 255 {
            let last = powers[powers.count - 1]
            powers.append(last ^ (last << 1) ^ (last & 0x80 == 0 ? 0 : 0x1B))
        }
        return powers
    }()

    @Test("products of all pairs are those of logarithms")
    func products() {
        #expect(Set(GF256Tests.powers).count == 255)
        var logarithm = [Int](repeating: 0, count: 256)
        for (exponent, power) in GF256Tests.powers.enumerated() { logarithm[Int(power)] = exponent }
        var wrong = 0
        for left in 0..<256 {
            for right in 0..<256 {
                let expected =
                    left == 0 || right == 0 ? 0 : GF256Tests.powers[(logarithm[left] + logarithm[right]) % 255]
                if (GF256(UInt8(left)) * GF256(UInt8(right))).byte != expected { wrong += 1 }
            }
        }
        #expect(wrong == 0)
        // FIPS 197 §4.2's own example.
        #expect((GF256(0x57) * GF256(0x83)).byte == 0xC1)
    }

    @Test("everything but zero has an inverse")
    func inverses() {
        for byte in UInt8.min...UInt8.max {
            let element = GF256(byte)
            #expect(element * element.inverse == (byte == 0 ? .zero : .one))
        }
    }
}
