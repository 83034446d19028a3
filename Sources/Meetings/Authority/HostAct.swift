// SPDX-License-Identifier: Apache-2.0

public import Base

/// Proof that somebody was allowed to do something to others: only ``judge(_:by:role:on:role:)`` makes one.
///
/// |                                | host     | co-host | guest |
/// |--------------------------------|----------|---------|-------|
/// | admit, deny, lock, lobby       | yes      | yes     | no    |
/// | mute, remove, lower the hand of| everyone | guests  | no    |
/// | make and unmake co-hosts       | yes      | no      | no    |
/// | end for all                    | yes      | no      | no    |
///
/// On oneself nobody acts as a host: for that there is one's own state, and leaving.
public struct HostAct: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case admit
        case deny
        case mute
        case remove
        case lowerHand
        case lock
        case lobby
        case role
        case end

        /// Whether it is done to one participant who is in the meeting.
        public var isTargeted: Bool {
            switch self {
            case .mute, .remove, .lowerHand, .role: true
            case .admit, .deny, .lock, .lobby, .end: false
            }
        }
    }

    public let kind: Kind
    public let by: ParticipantID

    private init(kind: Kind, by: ParticipantID) {
        self.kind = kind
        self.by = by
    }

    /// For an act on nobody in particular.
    public static func judge(_ kind: Kind, by actor: ParticipantID, role: Role) -> HostAct? {
        guard !kind.isTargeted else { return nil }
        let allowed = kind == .end ? role == .host : role.moderates
        return allowed ? HostAct(kind: kind, by: actor) : nil
    }

    /// For an act on `target`.
    public static func judge(
        _ kind: Kind,
        by actor: ParticipantID,
        role: Role,
        on target: ParticipantID,
        role targetRole: Role
    ) -> HostAct? {
        guard kind.isTargeted, actor != target else { return nil }
        let allowed =
            switch role {
            // Being host comes from the token: nobody gives or takes it.
            case .host: kind != .role || targetRole != .host
            case .cohost: kind != .role && targetRole == .guest
            case .guest: false
            }
        return allowed ? HostAct(kind: kind, by: actor) : nil
    }
}
