// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

/// Charters to begin with (governance.md §9.2). What comes out is a text, to be read as any other: whoever lacks a seat is told by
/// its refusal.
public enum CharterTemplate: Keyword {
    /// No seats: nothing can be ordered at all, and nobody can change that. Made on a first start.
    case solo
    /// Two operators, one approving seat each: both or nothing.
    case pair
    /// Counsel and external reviewers of three countries and more, advocates, keepers.
    case council

    public var word: StaticString {
        switch self {
        case .solo: "solo"
        case .pair: "pair"
        case .council: "council"
        }
    }

    /// The first version of a charter with these seats, in force for a year.
    public func text(
        deployment: Name,
        issued: EntryTime,
        logPolicy: DocumentHash,
        seats: [Seat] = []
    ) -> [UInt8] {
        var draft = CharterDraft(deployment: deployment, issued: issued, logPolicy: logPolicy, seats: seats)
        switch self {
        case .solo: break
        case .pair: draft.addPair()
        case .council: draft.addCouncil()
        }
        return draft.charter.text
    }
}
