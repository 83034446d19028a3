// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// A text of a case: the log has its hash, the node keeps it while the case is open.
public struct Paper: Hashable, Sendable {
    public enum Kind: Keyword {
        case step
        case order
        case approval
        case notice
        case noStop

        public var word: StaticString {
            switch self {
            case .step: "step"
            case .order: "order"
            case .approval: "approval"
            case .notice: "notice"
            case .noStop: "no-stop"
            }
        }

        /// As whose part it is handed out.
        public var part: BundlePart {
            switch self {
            case .step: .step
            case .order: .order
            case .approval: .approval
            case .notice: .notice
            case .noStop: .noStop
            }
        }
    }

    public let kind: Kind
    public let caseID: CaseID
    /// SHA-256 of `bytes`, as the log or an order names it.
    public let hash: DocumentHash
    public let bytes: [UInt8]

    public init(_ kind: Kind, of caseID: CaseID, hash: DocumentHash, _ bytes: [UInt8]) {
        self.kind = kind
        self.caseID = caseID
        self.hash = hash
        self.bytes = bytes
    }
}
