// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a client says. The wire form is in docs/protocol.md.
public enum ClientMessage: Sendable {
    /// The version of the protocol that we speak.
    public static let version = 1

    case join(JoinRequest)
    case leave
    /// The page goes away: closed, or loaded again. The place is kept for a short while.
    case away
    case ping(Int)

    // Media.
    case publish(request: Int, offer: String, sources: [MidSource])
    case answer(request: Int, answer: String)
    case restartSubscriber
    case layers([LayerWish])

    // About oneself.
    case state(StateChange)
    case rename(DisplayName)

    // To the others.
    case chat(ChatMessageID, ChatText, to: ParticipantID?)
    case reaction(Reaction)

    // Of hosts and co-hosts.
    case admit(ParticipantID)
    case deny(ParticipantID)
    case admitAll
    case mute(ParticipantID)
    case muteAll
    case remove(ParticipantID)
    case lock(Bool)
    case lobby(Bool)
    case lowerHand(ParticipantID)

    // Of hosts.
    case role(ParticipantID, isCohost: Bool)
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
        case .publish: "publish"
        case .answer: "answer"
        case .restartSubscriber: "restartSubscriber"
        case .layers: "layers"
        case .state: "state"
        case .rename: "rename"
        case .chat: "chat"
        case .reaction: "reaction"
        case .admit: "admit"
        case .deny: "deny"
        case .admitAll: "admitAll"
        case .mute: "mute"
        case .muteAll: "muteAll"
        case .remove: "remove"
        case .lock: "lock"
        case .lobby: "lobby"
        case .lowerHand: "lowerHand"
        case .role: "role"
        case .end: "end"
        }
    }

    /// The offer's or answer's number, which errors repeat.
    var request: Int? {
        switch self {
        case .publish(let request, _, _), .answer(let request, _): request
        default: nil
        }
    }
}

/// A session description holds addresses and a chat message somebody's words: only the kind is printable.
extension ClientMessage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { type }
    public var debugDescription: String { type }
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
