// SPDX-License-Identifier: Apache-2.0

/// A moment in an entry, to the second: `2026-11-24T10:00:00Z` (RFC 3339 §5.6, UTC only, so that one moment has one spelling).
public struct EntryTime: Hashable, Comparable, Sendable {
    /// Since 1970-01-01T00:00:00Z, up to the year 9999.
    public let seconds: UInt64

    private static let end: UInt64 = 253_402_300_800

    /// `nil` past the year 9999.
    public init?(seconds: UInt64) {
        guard seconds < EntryTime.end else { return nil }
        self.seconds = seconds
    }

    package init?(parsing text: ArraySlice<UInt8>) {
        let text = Array(text)
        guard text.count == 20 else { return nil }
        for (place, byte) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "Z")] as [(Int, Unicode.Scalar)]
        {
            guard text[place] == UInt8(ascii: byte) else { return nil }
        }
        guard let year = EntryTime.number(text[0..<4]), let month = EntryTime.number(text[5..<7]),
            let day = EntryTime.number(text[8..<10]), let hour = EntryTime.number(text[11..<13]),
            let minute = EntryTime.number(text[14..<16]), let second = EntryTime.number(text[17..<19]),
            year >= 1970, 1...12 ~= month, hour < 24, minute < 60, second < 60,
            1...EntryTime.days(in: month, of: year) ~= day
        else { return nil }
        var days = (1970..<year).reduce(0) { $0 + (EntryTime.isLeap($1) ? 366 : 365) }
        days += (1..<month).reduce(0) { $0 + EntryTime.days(in: $1, of: year) }
        days += day - 1
        seconds = UInt64(days) * 86_400 + UInt64(hour * 3_600 + minute * 60 + second)
    }

    package var bytes: [UInt8] {
        var days = Int(seconds / 86_400)
        let rest = Int(seconds % 86_400)
        var (year, month) = (1970, 1)
        while days >= (EntryTime.isLeap(year) ? 366 : 365) {
            days -= EntryTime.isLeap(year) ? 366 : 365
            year += 1
        }
        while days >= EntryTime.days(in: month, of: year) {
            days -= EntryTime.days(in: month, of: year)
            month += 1
        }
        var text: [UInt8] = []
        for (number, width, after) in [
            (year, 4, "-"), (month, 2, "-"), (days + 1, 2, "T"), (rest / 3_600, 2, ":"), (rest / 60 % 60, 2, ":"),
            (rest % 60, 2, "Z"),
        ] as [(Int, Int, Unicode.Scalar)] {
            let digits = Decimal.text(UInt(number))
            text += [UInt8](repeating: UInt8(ascii: "0"), count: width - digits.count) + digits
            text.append(UInt8(ascii: after))
        }
        return text
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public static func < (lhs: EntryTime, rhs: EntryTime) -> Bool { lhs.seconds < rhs.seconds }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard case UInt8(ascii: "0")...UInt8(ascii: "9") = digit else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}
