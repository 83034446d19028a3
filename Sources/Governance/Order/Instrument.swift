// SPDX-License-Identifier: Apache-2.0

/// What the requester brings: the words of the log's field `instrument` (docs/log.md).
public enum Instrument: Keyword {
    case warrant
    case courtOrder
    case subpoena
    case treaty
    case emergency
    case owner
    case report
    case other

    public var word: StaticString {
        switch self {
        case .warrant: "warrant"
        case .courtOrder: "court-order"
        case .subpoena: "subpoena"
        case .treaty: "treaty"
        case .emergency: "emergency"
        case .owner: "owner"
        case .report: "report"
        case .other: "other"
        }
    }
}
