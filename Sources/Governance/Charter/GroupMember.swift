// SPDX-License-Identifier: Apache-2.0

/// A seat or a group, by its place in ``Charter``.
public enum GroupMember: Hashable, Sendable {
    case seat(Int)
    case group(Int)
}
