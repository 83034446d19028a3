// SPDX-License-Identifier: Apache-2.0

/// What is counted of seats.
enum SeatColumn: Int, ReportColumn {
    case contact
    case docket
    case check
    case proposed
    case intend
    case confirm
    case refuse
    case narrow
    case objection
    case halt

    static var names: StaticString {
        "contact docket check proposed intend confirm refuse narrow objection halt"
    }
}
