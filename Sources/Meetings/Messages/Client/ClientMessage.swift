// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a client says. The wire form is in docs/protocol.md.
public enum ClientMessage: Sendable {
    /// The version of the protocol that we speak.
    public static let version = 2

    case join(JoinRequest)
    case leave
    /// The page goes away: closed, or loaded again. The place is kept for a short while.
    case away
    case ping(Int)

    // Coming in.
    case found(FoundRequest)
    /// Sealed under the link used.
    case knock([UInt8])
    /// Asks for the group, to come in by an external commit.
    case look

    // The group.
    case commit(CommitRequest)
    /// An MLSMessage with a PublicMessage: the sender wants to go.
    case propose([UInt8])
    /// The sender has this epoch's keys.
    case ack(UInt64)
    /// A signed refusal of the newest commit.
    case refuse([UInt8])
    /// An MLSMessage with a PrivateMessage, for all or for one.
    case message([UInt8], to: ParticipantID?, request: Int?)

    // Media.
    case publish(request: Int, offer: String, sources: [MidSource])
    case answer(request: Int, answer: String)
    case restartSubscriber
    case layers([LayerWish])

    // Of hosts and co-hosts.
    case deny(ParticipantID)
    // Of hosts.
    case end
}

extension ClientMessage {
    /// The value of the wire's `type` member.
    public var type: String {
        switch self {
        case .join: "join"
        case .leave: "leave"
        case .away: "away"
        case .ping: "ping"
        case .found: "found"
        case .knock: "knock"
        case .look: "look"
        case .commit: "commit"
        case .propose: "propose"
        case .ack: "ack"
        case .refuse: "refuse"
        case .message: "message"
        case .publish: "publish"
        case .answer: "answer"
        case .restartSubscriber: "restartSubscriber"
        case .layers: "layers"
        case .deny: "deny"
        case .end: "end"
        }
    }

    /// The number that answers and errors repeat.
    var request: Int? {
        switch self {
        case .publish(let request, _, _), .answer(let request, _): request
        case .commit(let commit): commit.request
        case .message(_, _, let request): request
        default: nil
        }
    }
}

/// A session description holds addresses, and the rest is other people's: only the kind is printable.
extension ClientMessage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { type }
    public var debugDescription: String { type }
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
