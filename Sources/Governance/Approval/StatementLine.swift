// SPDX-License-Identifier: Apache-2.0

/// The lines of statements that seats sign (docs/orders.md).
public enum StatementLine: Keyword {
    case order
    case charter
    case caseID
    /// The leaf hash of the case's last entry.
    case entry
    case previous
    case genesis
    case seat
    case decision
    case stage
    case intend
    case reason
    case kind
    case requester
    case instrument
    case outcome
    case earlier
    case receipt
    case document
    case key
    case purpose
    case target
    case revoked
    case since
    case size
    case root
    case time
    case credential
    case clientData
    case authenticatorData
    case signature

    public var word: StaticString {
        switch self {
        case .order: "order"
        case .charter: "charter"
        case .caseID: "case"
        case .entry: "prev"
        case .previous: "previous"
        case .genesis: "genesis"
        case .seat: "seat"
        case .decision: "decision"
        case .stage: "stage"
        case .intend: "intend"
        case .reason: "reason"
        case .kind: "kind"
        case .requester: "requester"
        case .instrument: "instrument"
        case .outcome: "outcome"
        case .earlier: "earlier"
        case .receipt: "receipt"
        case .document: "document"
        case .key: "key"
        case .purpose: "purpose"
        case .target: "target"
        case .revoked: "revoked"
        case .since: "since"
        case .size: "size"
        case .root: "root"
        case .time: "time"
        case .credential: "credential"
        case .clientData: "client-data"
        case .authenticatorData: "authenticator-data"
        case .signature: "signature"
        }
    }
}
