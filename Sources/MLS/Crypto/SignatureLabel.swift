// SPDX-License-Identifier: Apache-2.0

/// What a signature is for (RFC 9420 §17.6), without the prefix.
package enum SignatureLabel: Sendable {
    case framedContent
    case leafNode
    case keyPackage
    case groupInfo
    /// An application's own, and those of test vectors.
    case other(String)

    package var rawValue: String {
        switch self {
        case .framedContent: "FramedContentTBS"
        case .leafNode: "LeafNodeTBS"
        case .keyPackage: "KeyPackageTBS"
        case .groupInfo: "GroupInfoTBS"
        case .other(let label): label
        }
    }
}
