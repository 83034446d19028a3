// SPDX-License-Identifier: Apache-2.0

import Governance

extension PermitRefusal {
    /// The rule that refuses, for the page.
    var name: StaticString {
        switch self {
        case .order: "order.order"
        case .chain: "order.chain"
        case .otherCharter: "order.otherCharter"
        case .actionNotInCharter: "order.actionNotInCharter"
        case .effectBeyondCharter: "order.effectBeyondCharter"
        case .expiryBeyondCharter: "order.expiryBeyondCharter"
        case .noticeBeyondCharter: "order.noticeBeyondCharter"
        case .embargoBeyondCharter: "order.embargoBeyondCharter"
        case .unknownProposer: "order.unknownProposer"
        case .proposerMayNotPropose: "order.proposerMayNotPropose"
        case .proposerRevoked: "order.proposerRevoked"
        case .unknownSource: "order.unknownSource"
        case .approval: "order.approval"
        case .jurisdictionNotAttested: "order.jurisdictionNotAttested"
        case .quorumMissed: "order.quorumMissed"
        case .notDistinct: "order.notDistinct"
        case .range: "order.range"
        case .staleCheckpoint: "order.staleCheckpoint"
        case .charterNotInRange: "order.charterNotInRange"
        case .charterForked: "order.charterForked"
        case .charterSuperseded: "order.charterSuperseded"
        case .charterNotInEffect: "order.charterNotInEffect"
        case .charterExpired: "order.charterExpired"
        case .unreadableEntry: "order.unreadableEntry"
        case .unknownEntry: "order.unknownEntry"
        case .brokenCase: "order.brokenCase"
        case .caseRule: "order.caseRule"
        case .notProposed: "order.notProposed"
        case .proposedOtherwise: "order.proposedOtherwise"
        case .draftedLater: "order.draftedLater"
        case .proposedTooLate: "order.proposedTooLate"
        case .notExecutable: "order.notExecutable"
        case .executedAlready: "order.executedAlready"
        case .timeLocked: "order.timeLocked"
        case .tooEarly: "order.tooEarly"
        case .expired: "order.expired"
        case .emergencyVoid: "order.emergencyVoid"
        case .wrongNotice: "order.wrongNotice"
        case .noticeTooLate: "order.noticeTooLate"
        case .wrongEmbargo: "order.wrongEmbargo"
        case .narrowerUntried: "order.narrowerUntried"
        case .stopped: "order.stopped"
        case .noStop: "order.noStop"
        case .noStopAssertion: "order.noStopAssertion"
        case .noStopByOther: "order.noStopByOther"
        case .noStopForOther: "order.noStopForOther"
        case .noStopTooEarly: "order.noStopTooEarly"
        case .noStopMissing: "order.noStopMissing"
        }
    }
}
