// SPDX-License-Identifier: Apache-2.0

/// What a seat is for (docs/charter.md). Nobody has two.
public enum Role: Keyword {
    /// Registers contacts and demands; nothing else.
    case liaison
    /// Authenticates, dockets, drafts.
    case clerk
    /// Approves.
    case counsel
    /// Approves, from outside of the operators.
    case external
    /// Halts, alone.
    case advocate
    /// Holds shares of sealed records.
    case custodian
    /// Changes the charter.
    case keeper
    /// Opens what an embargo kept closed.
    case unsealer

    public var word: StaticString {
        switch self {
        case .liaison: "liaison"
        case .clerk: "clerk"
        case .counsel: "counsel"
        case .external: "external"
        case .advocate: "advocate"
        case .custodian: "custodian"
        case .keeper: "keeper"
        case .unsealer: "unsealer"
        }
    }

    /// True if such a seat's approval may count towards an act on a person or a meeting.
    public var approves: Bool { self == .counsel || self == .external }

    /// True if such a seat may propose orders and judge cases.
    public var handlesCases: Bool { self == .clerk || approves }
}
