// SPDX-License-Identifier: Apache-2.0

/// What a participant may do to others; the table is in ``Permission``.
public enum Role: String, Hashable, Sendable, CaseIterable {
    /// Showed the host token. Several connections of one person may.
    case host
    /// Named by a host, until they leave.
    case cohost
    case guest

    /// Admits, mutes, removes, locks.
    public var moderates: Bool { self != .guest }
}
