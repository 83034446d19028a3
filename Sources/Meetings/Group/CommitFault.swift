// SPDX-License-Identifier: Apache-2.0

import MLS

/// Why a commit isn't taken. The epoch stays as it was.
enum CommitFault: Error, Hashable, Sendable {
    /// Somebody was faster.
    case stale
    /// The others refused this author's last commit in this epoch.
    case barred
    /// The link in hand isn't the current one.
    case olderLink
    /// More participants than a meeting may have.
    case full
    /// The meeting sends as much as it may.
    case deliveries
    case group(MLSRefusal)
    /// Signed by another leaf than that of the connection.
    case otherSender
    /// Somebody comes twice.
    case participantTaken
    /// A new link without a new generation, or the other way round.
    case linkMismatch
    /// The new link's alias is in use.
    case aliasTaken
    /// Somebody is added without a Welcome, or the other way round.
    case welcomeMismatch

    var code: ErrorCode {
        switch self {
        case .stale: .stale
        case .barred: .barred
        case .olderLink: .notAllowed
        case .full: .full
        case .deliveries: .rate
        default: .commit
        }
    }

    var rule: String {
        if case .group(let refusal) = self { refusal.rule } else { "\(self)" }
    }

    /// Whether it takes of the sender's patience; being slower than somebody else doesn't.
    var isOffence: Bool { code == .commit }
}
