// SPDX-License-Identifier: Apache-2.0

/// Rules for the names that pass from one description into another.
enum SDPName {
    /// `token` of RFC 8866 §9, bounded, so that a name can't smuggle in another line or word.
    static func isToken(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        return !bytes.isEmpty && bytes.count <= SDPLimits.nameBytes && bytes.allSatisfy(isTokenByte)
    }

    /// `rid-id` of RFC 8852 §3.3: letters, digits (and, as RFC 8851 §10 has it, `-` and `_`).
    static func isRestrictionID(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        return !bytes.isEmpty && bytes.count <= SDPLimits.nameBytes
            && bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7B...0x7E: true
        default: isAlphanumeric(byte)
        }
    }
}

extension Substring {
    /// Splits off the first word; what follows its one space is the rest.
    func firstWord(_ separator: Character = " ") -> (word: Substring, rest: Substring) {
        guard let index = firstIndex(of: separator) else { return (self, self[endIndex...]) }
        return (self[..<index], self[self.index(after: index)...])
    }

    var words: [Substring] { split(separator: " ", omittingEmptySubsequences: true) }
}
