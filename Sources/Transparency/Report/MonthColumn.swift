// SPDX-License-Identifier: Apache-2.0

/// What is counted by month.
enum MonthColumn: Int, ReportColumn {
    case received
    case proposed
    case approved
    case executed
    case closed
    case refused
    case narrowed
    case claims

    static var names: StaticString { "received proposed approved executed closed refused narrowed claims" }
}
