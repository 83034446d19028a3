// SPDX-License-Identifier: Apache-2.0

package import Base

/// What a public key encryption is for (RFC 9420 §17.7), without the prefix.
package enum EncryptionLabel: Sendable {
    case updatePathNode
    case welcome
    /// An application's own, and those of test vectors.
    case other(Label)

    package var rawValue: Label {
        switch self {
        case .updatePathNode: "UpdatePathNode"
        case .welcome: "Welcome"
        case .other(let label): label
        }
    }
}
