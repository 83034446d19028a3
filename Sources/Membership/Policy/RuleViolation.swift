// SPDX-License-Identifier: Apache-2.0

/// Which rule of the meeting a commit breaks; the number is that of ``RuleVerdict/refused(_:)``.
public enum RuleViolation: UInt16, Error, Hashable, Sendable, CaseIterable {
    /// No policy before or after, or one that can't be read.
    case policyMissing = 1
    /// The policy isn't that of the link's card.
    case foreignCard
    /// Card, host key or accountability changed.
    case policyFixed
    /// Somebody who is neither host nor co-host changed the policy.
    case policyNotByKeeper
    /// A co-host changed what only hosts do: co-hosts, history, absence.
    case policyNotByHost
    /// Proposed by somebody else than the committer.
    case policyByReference
    /// Another extension of the group context changed.
    case extensionsChanged
    /// Neither kept nor raised by one.
    case linkGenerationStep
    /// Somebody comes in without the current link's key in the key schedule.
    case linkKeyMissing
    /// A pre-shared key that isn't the current link's.
    case otherPreSharedKey
    /// An addition that the committer didn't propose itself.
    case addByReference
    /// Somebody new while the meeting is locked.
    case locked
    /// Let in by somebody who may not, or coming in by oneself through a closed door.
    case lobby
    /// Removed by somebody who may not.
    case removeNotAllowed
    /// Removed by a member's proposal that another one commits.
    case removeByReference
    /// A host removed somebody and left the old link working.
    case linkNotRotated
    /// A kind of proposal that meetings have no use for.
    case otherProposal
}

extension RuleViolation {
    public var name: StaticString {
        switch self {
        case .policyMissing: "policyMissing"
        case .foreignCard: "foreignCard"
        case .policyFixed: "policyFixed"
        case .policyNotByKeeper: "policyNotByKeeper"
        case .policyNotByHost: "policyNotByHost"
        case .policyByReference: "policyByReference"
        case .extensionsChanged: "extensionsChanged"
        case .linkGenerationStep: "linkGenerationStep"
        case .linkKeyMissing: "linkKeyMissing"
        case .otherPreSharedKey: "otherPreSharedKey"
        case .addByReference: "addByReference"
        case .locked: "locked"
        case .lobby: "lobby"
        case .removeNotAllowed: "removeNotAllowed"
        case .removeByReference: "removeByReference"
        case .linkNotRotated: "linkNotRotated"
        case .otherProposal: "otherProposal"
        }
    }
}
