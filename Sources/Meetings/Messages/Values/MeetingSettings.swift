// SPDX-License-Identifier: Apache-2.0

/// What hosts and co-hosts set for the whole meeting.
public struct MeetingSettings: Hashable, Sendable {
    /// Nobody new gets in.
    public var locked: Bool
    /// Newcomers without the host token wait until somebody lets them in.
    public var lobby: Bool

    public init(locked: Bool = false, lobby: Bool = false) {
        self.locked = locked
        self.lobby = lobby
    }
}
