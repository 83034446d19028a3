// SPDX-License-Identifier: Apache-2.0

/// How many seats confirmed orders before these were approved.
enum QuorumColumn: Int, ReportColumn {
    case approved
    case fewest
    case most
    /// Some seat refused or narrowed them.
    case dissent

    static var names: StaticString { "approved fewest most dissent" }
}
