// SPDX-License-Identifier: Apache-2.0

/// What an officer says to an order: the words of the log's field `decision`.
public enum Decision: Keyword {
    case approve
    case refuse
    case narrow

    public var word: StaticString {
        switch self {
        case .approve: "approve"
        case .refuse: "refuse"
        case .narrow: "narrow"
        }
    }
}
