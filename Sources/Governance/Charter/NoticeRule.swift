// SPDX-License-Identifier: Apache-2.0

/// When the person affected is told (charter line `notice`).
public enum NoticeRule: Hashable, Sendable {
    /// That long before the act, at least.
    case before(Term)
    /// With the act.
    case atOnce
}
