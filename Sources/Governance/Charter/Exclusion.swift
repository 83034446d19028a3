// SPDX-License-Identifier: Apache-2.0

/// Whose approval doesn't count, by seat and by organisation.
public enum Exclusion: Keyword {
    /// Seats with any tie to the requester's country.
    case requesterJurisdiction
    /// The seat that proposed the order, and its organisation.
    case proposer
    /// The seat that brought evidence, and its organisation.
    case evidenceSource

    public var word: StaticString {
        switch self {
        case .requesterJurisdiction: "requester-jurisdiction"
        case .proposer: "proposer"
        case .evidenceSource: "evidence-source"
        }
    }
}
