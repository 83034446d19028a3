// SPDX-License-Identifier: Apache-2.0

import Base

/// What is counted of requests.
enum RequestColumn: Int, ReportColumn {
    case received
    case docketed
    case proposed
    case approved
    case executed
    case delivered
    case closed
    // How they were closed.
    case refused
    case narrowed
    case challenged
    case withdrawn
    case expired
    case halted
    /// Not closed at the end of the period, whenever they were received.
    case open

    static var names: StaticString {
        "received docketed proposed approved executed delivered closed refused narrowed challenged withdrawn expired halted open"
    }

    /// The column of a closed case's outcome; none for those that the columns before say already.
    init?(outcome: [UInt8]) {
        for (column, word) in RequestColumn.outcomes where outcome.elementsEqual([UInt8](word: word)) {
            self = column
            return
        }
        return nil
    }

    private static var outcomes: [(RequestColumn, StaticString)] {
        [
            (.refused, "refused"), (.narrowed, "narrowed"), (.challenged, "challenged"), (.withdrawn, "withdrawn"),
            (.expired, "expired"), (.halted, "halted"),
        ]
    }
}
