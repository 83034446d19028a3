// SPDX-License-Identifier: Apache-2.0

import MLS

/// Why a group can't be a room.
enum FoundingFault: Error, Hashable, Sendable {
    case group(MLSRefusal)
    /// Not an MLSMessage with a GroupInfo.
    case notAGroupInfo
    /// The node must not be able to come in from outside.
    case externalPub
    case suite
    case notTheFirstEpoch
    /// Somebody else than the founder is in it.
    case notAlone
    case policyMissing
    /// The founder's leaf has no proof of the policy's host key.
    case hostProof
    /// The node's key isn't the only external sender.
    case externalSenders
    /// A host ended the meeting here, and this isn't its host.
    case ended

    var rule: String {
        if case .group(let refusal) = self { refusal.rule } else { "\(self)" }
    }
}
