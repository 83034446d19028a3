// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// Bytes written in hex, as the vector files have them.
struct HexBytes: Equatable, Sendable {
    let bytes: [UInt8]

    init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = HexBytes.value(digits[index]), let low = HexBytes.value(digits[index + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }

    /// The structure that the bytes are, and nothing else.
    func decoded<Value: WireDecodable>(_: Value.Type) throws(MLSRefusal) -> Value {
        try VectorCheck.decode(Value.self, bytes)
    }
}
