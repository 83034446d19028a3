// SPDX-License-Identifier: Apache-2.0

/// How somebody who was in a meeting went.
public enum LeftReason: String, Hashable, Sendable, CaseIterable {
    case left
    case removed
    /// The socket was cut and nobody came back within the grace period.
    case lost
}
