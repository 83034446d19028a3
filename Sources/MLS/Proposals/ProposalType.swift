// SPDX-License-Identifier: Apache-2.0

import Base

/// RFC 9420 §17.4, and SelfRemove of draft-ietf-mls-extensions.
public struct ProposalType: CodePoint {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let add = ProposalType(rawValue: 1)
    public static let update = ProposalType(rawValue: 2)
    public static let remove = ProposalType(rawValue: 3)
    public static let preSharedKey = ProposalType(rawValue: 4)
    public static let reInit = ProposalType(rawValue: 5)
    public static let externalInit = ProposalType(rawValue: 6)
    public static let groupContextExtensions = ProposalType(rawValue: 7)
    /// draft-ietf-mls-extensions, SelfRemove.
    public static let selfRemove = ProposalType(rawValue: 10)

    /// Understood by everyone, so never listed in capabilities (RFC 9420 §7.2).
    public var isDefault: Bool { (1...7).contains(rawValue) }

    /// Whether a commit that covers one needs a path (RFC 9420 §12.4).
    public var needsPath: Bool {
        switch self {
        case .add, .preSharedKey, .reInit: false
        default: true
        }
    }

    /// Whether an external sender may propose it (RFC 9420 §12.1.8).
    public var mayComeFromExternalSender: Bool {
        switch self {
        case .add, .remove, .preSharedKey, .reInit, .groupContextExtensions: true
        default: false
        }
    }
}
