// SPDX-License-Identifier: Apache-2.0

import Transparency

/// A length of time in a charter: a number from 1 up and a unit, as in `30m`, `72h`, `14d`. A day has 86,400 seconds.
public struct Term: Hashable, Sendable {
    public enum Unit: Hashable, Sendable {
        case minutes
        case hours
        case days
    }

    public let count: UInt64
    public let unit: Unit

    /// Longest: ten years. `nil` for nothing, and for more.
    public init?(_ count: UInt64, _ unit: Unit) {
        guard count > 0, count <= 5_256_000 else { return nil }
        self.count = count
        self.unit = unit
        guard seconds <= 315_360_000 else { return nil }
    }

    init?(parsing text: ArraySlice<UInt8>) {
        guard let last = text.last, let count = Decimal.parse(text.dropLast()) else { return nil }
        switch last {
        case UInt8(ascii: "m"): self.init(count, .minutes)
        case UInt8(ascii: "h"): self.init(count, .hours)
        case UInt8(ascii: "d"): self.init(count, .days)
        default: return nil
        }
    }

    public var seconds: UInt64 {
        switch unit {
        case .minutes: count * 60
        case .hours: count * 3_600
        case .days: count * 86_400
        }
    }

    var bytes: [UInt8] {
        let letter: UInt8 =
            switch unit {
            case .minutes: UInt8(ascii: "m")
            case .hours: UInt8(ascii: "h")
            case .days: UInt8(ascii: "d")
            }
        return Decimal.text(count) + [letter]
    }

    /// `72 hours`, for people.
    public var words: String {
        let noun =
            switch unit {
            case .minutes: "minute"
            case .hours: "hour"
            case .days: "day"
            }
        return "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
