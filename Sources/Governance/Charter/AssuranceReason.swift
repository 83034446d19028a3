// SPDX-License-Identifier: Apache-2.0

/// What keeps a level from being higher.
public enum AssuranceReason: Hashable, Sendable {
    /// The charter has no seats: the one operator can order nothing, and can switch off everything.
    case noSeats
    /// Seats that the client doesn't know can do this among themselves, or with one organisation's help.
    case oneOrganisationCan(Action)
    /// Two countries are enough for this.
    case twoJurisdictionsCan(Action)
    /// The log counts without any witness.
    case noWitnesses
    /// Witnesses that the client doesn't know are enough.
    case unknownWitnesses
    /// One organisation's witnesses are enough.
    case oneOrganisationWitnesses
    /// Fewer than two independent copies of the log are known.
    case noMirrors
    /// The client comes from the node, or its build isn't in the log.
    case clientFromNode

    public var text: String {
        switch self {
        case .noSeats: "One operator runs this. Nothing can be ordered, but it can be switched off."
        case .oneOrganisationCan(let action):
            "As far as you know, one organisation could \(action.text) by itself: you know too few seats' keys from elsewhere."
        case .twoJurisdictionsCan(let action): "As far as you know, two countries together could \(action.text)."
        case .noWitnesses: "The public log has no witnesses: the operator could rewrite it."
        case .unknownWitnesses: "You know too few of the log's witnesses: they may be the operator's own."
        case .oneOrganisationWitnesses: "One organisation's witnesses are enough for the public log."
        case .noMirrors: "Fewer than two independent copies of the log are known."
        case .clientFromNode: "This page came from the node itself, or its build isn't in the log."
        }
    }
}
