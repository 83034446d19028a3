// SPDX-License-Identifier: Apache-2.0

/// What a part of a file is: of an order bundle, in the order in which parts stand there (docs/orders.md), or of what seats and nodes
/// exchange (docs/orders-api.md).
public enum BundlePart: Keyword {
    case order
    /// These five once for every version of the charter, the first one first; `charter-approval` as often as there are.
    case charter
    case logPolicy
    case charterEntry
    case charterProof
    case charterApproval
    case approval
    case narrower
    case notice
    case noStop
    case checkpoint
    case edge
    case entries
    // Not of bundles.
    case step
    case stop
    case seatKey
    case documents

    public var word: StaticString {
        switch self {
        case .order: "order"
        case .charter: "charter"
        case .logPolicy: "log-policy"
        case .charterEntry: "charter-entry"
        case .charterProof: "charter-proof"
        case .charterApproval: "charter-approval"
        case .approval: "approval"
        case .narrower: "narrower"
        case .notice: "notice"
        case .noStop: "no-stop"
        case .checkpoint: "checkpoint"
        case .edge: "edge"
        case .entries: "entries"
        case .step: "step"
        case .stop: "stop"
        case .seatKey: "seat-key"
        case .documents: "documents"
        }
    }
}
