// SPDX-License-Identifier: Apache-2.0

/// The lines of statements that seats sign (docs/orders.md).
public enum StatementLine: Keyword {
    case order
    case charter
    case previous
    case genesis
    case seat
    case decision
    case stage
    case intend
    case reason
    case kind
    case target
    case revoked
    case key
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
        case .previous: "previous"
        case .genesis: "genesis"
        case .seat: "seat"
        case .decision: "decision"
        case .stage: "stage"
        case .intend: "intend"
        case .reason: "reason"
        case .kind: "kind"
        case .target: "target"
        case .revoked: "revoked"
        case .key: "key"
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
