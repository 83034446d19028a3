// SPDX-License-Identifier: Apache-2.0

/// The words of a step's line `kind`.
enum DeedKind: Keyword {
    case contact
    case authenticate
    case docket
    case check
    case propose
    case notice
    case close

    var word: StaticString {
        switch self {
        case .contact: "contact"
        case .authenticate: "authenticate"
        case .docket: "docket"
        case .check: "check"
        case .propose: "propose"
        case .notice: "notice"
        case .close: "close"
        }
    }
}
