// SPDX-License-Identifier: Apache-2.0

/// Whether a member can still do something in its group.
public enum GroupStatus: Hashable, Sendable {
    case active
    /// A commit reinitialised the group: nothing is sent any more (RFC 9420 §12.4.2).
    case reinitialized(ReInit)
    /// A commit removed us; the secrets are gone.
    case removed
}
