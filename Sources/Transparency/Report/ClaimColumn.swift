// SPDX-License-Identifier: Apache-2.0

/// What is counted of claims that meetings were interrupted.
enum ClaimColumn: Int, ReportColumn {
    case claims
    case unmatched
    /// The same claims, logged again.
    case repeated

    static var names: StaticString { "claims unmatched repeated" }
}
