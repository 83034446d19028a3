// SPDX-License-Identifier: Apache-2.0

/// What is done with orders.
enum OrderColumn: Int, ReportColumn {
    case proposed
    case approved
    case executed
    case delivered

    static var names: StaticString { "proposed approved executed delivered" }
}
