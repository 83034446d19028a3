// SPDX-License-Identifier: Apache-2.0

/// A POSIX timestamp in seconds (C2SP tlog-cosignature, Format).
public struct CosignatureTime: Hashable, Comparable, Sendable {
    public let seconds: UInt64

    /// `nil` past 2^63 - 1: the timestamp "MUST NOT exceed 2^63 - 1".
    public init?(seconds: UInt64) {
        guard seconds <= UInt64(Int64.max) else { return nil }
        self.init(unchecked: seconds)
    }

    /// What a clock says; before 1970 it is 1970.
    public init(clamping seconds: Int) {
        self.init(unchecked: UInt64(max(0, seconds)))
    }

    private init(unchecked seconds: UInt64) { self.seconds = seconds }

    static let zero = CosignatureTime(unchecked: 0)

    public static func < (lhs: CosignatureTime, rhs: CosignatureTime) -> Bool { lhs.seconds < rhs.seconds }

    /// Later by so many seconds, at most the last time there is.
    public func advanced(by seconds: UInt64) -> CosignatureTime {
        let (sum, over) = self.seconds.addingReportingOverflow(seconds)
        return CosignatureTime(unchecked: over ? UInt64(Int64.max) : min(sum, UInt64(Int64.max)))
    }
}
