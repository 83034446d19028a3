// SPDX-License-Identifier: Apache-2.0

public import Governance

/// The lines of sealed records and of their shares (docs/sealing.md).
public enum RecordLine: Keyword {
    case genesis
    case charter
    case owner
    case salt
    case sealed
    case until
    case custodian
    case field
    case commitment
    case ciphertext
    case shareHash
    case signature
    case order
    case record
    case place
    case seat
    case key
    case share
    case time

    public var word: StaticString {
        switch self {
        case .genesis: "genesis"
        case .charter: "charter"
        case .owner: "owner"
        case .salt: "salt"
        case .sealed: "sealed"
        case .until: "until"
        case .custodian: "custodian"
        case .field: "field"
        case .commitment: "commitment"
        case .ciphertext: "ciphertext"
        case .shareHash: "share-hash"
        case .signature: "signature"
        case .order: "order"
        case .record: "record"
        case .place: "place"
        case .seat: "seat"
        case .key: "key"
        case .share: "share"
        case .time: "time"
        }
    }
}
