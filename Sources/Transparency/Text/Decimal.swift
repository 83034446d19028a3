// SPDX-License-Identifier: Apache-2.0

/// ASCII decimals "with no leading zeroes" (C2SP tlog-checkpoint, tlog-witness, tlog-proof, tlog-tiles): one number has
/// one spelling.
package enum Decimal {
    package static func parse(_ digits: some Collection<UInt8>) -> UInt64? {
        guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            guard case UInt8(ascii: "0")...UInt8(ascii: "9") = digit else { return nil }
            let (tens, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, past) = tens.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
            guard !over, !past else { return nil }
            value = sum
        }
        return value
    }

    package static func text(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
        var digits: [UInt8] = []
        var rest = UInt64(value)
        repeat {
            digits.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        digits.reverse()
        return digits
    }
}
