// SPDX-License-Identifier: Apache-2.0

/// A witness or a group, by its place in ``TrustPolicy``.
public enum PolicyMember: Hashable, Sendable {
    case witness(Int)
    case group(Int)
}
