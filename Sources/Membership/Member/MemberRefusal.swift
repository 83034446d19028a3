// SPDX-License-Identifier: Apache-2.0

/// Why there can be no member with these keys.
public enum MemberRefusal: Error, Hashable, Sendable {
    case noLink
    case invalidKey
}
