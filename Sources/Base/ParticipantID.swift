// SPDX-License-Identifier: Apache-2.0

/// A participant of one meeting, for as long as they are in it: 64 random bits, sixteen hex digits on the wire.
///
/// It says nothing about the person and is not reused across meetings.
public struct ParticipantID: Hashable, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    public init(using randomness: inout some Randomness) {
        rawValue = randomness.next()
    }

    /// Sixteen lower-case hex digits, or nothing.
    public init?(_ text: some StringProtocol) {
        let digits = text.utf8
        guard digits.count == 16 else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        rawValue = value
    }

    public var text: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension ParticipantID: CustomStringConvertible {
    /// Four digits are enough to follow one participant through a log and too few to find them again.
    public var description: String { "participant-" + text.prefix(4) }
}
