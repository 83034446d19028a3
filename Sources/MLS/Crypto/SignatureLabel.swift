// SPDX-License-Identifier: Apache-2.0

package import Base

/// What a signature is for (RFC 9420 §17.6), without the prefix.
package enum SignatureLabel: Sendable {
    case framedContent
    case leafNode
    case keyPackage
    case groupInfo
    /// An application's own, and those of test vectors.
    case other(Label)

    package var rawValue: Label {
        switch self {
        case .framedContent: "FramedContentTBS"
        case .leafNode: "LeafNodeTBS"
        case .keyPackage: "KeyPackageTBS"
        case .groupInfo: "GroupInfoTBS"
        case .other(let label): label
        }
    }
}
