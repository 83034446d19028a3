// SPDX-License-Identifier: Apache-2.0

/// When the person whom an order affected was told.
enum NoticeColumn: Int, ReportColumn {
    case executed
    case before
    case after
    /// Under an embargo, and not told yet.
    case withheld
    /// Neither told nor under an embargo.
    case missing
    /// Of those withheld: the embargo is over.
    case embargoOver

    static var names: StaticString { "executed before after withheld missing embargo-over" }

    init(_ order: ReportedOrder) {
        if order.isNoticedBefore {
            self = .before
        } else if order.isNoticedAfter {
            self = .after
        } else {
            self = order.embargo == nil ? .missing : .withheld
        }
    }
}
