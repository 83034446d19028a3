// SPDX-License-Identifier: Apache-2.0

public import Base

/// What the node says to a client. The wire form is in docs/protocol.md.
public enum ServerMessage: Equatable, Sendable {
    case welcome(Welcome)
    /// In the lobby. Sent again when it changes whether somebody is there who can let one in.
    case waiting(hostPresent: Bool)
    /// Not in; the connection is closed after it.
    case refused(JoinRefusal)

    /// Somebody came or changed.
    case participant(ParticipantView)
    case left(ParticipantID, LeftReason)
    case meeting(MeetingSettings)

    // To hosts and co-hosts.
    case knock(Knock)
    case knockGone(ParticipantID)

    // Media.
    case published(request: Int, answer: String)
    case subscribe(request: Int, offer: String, tracks: [SubscriptionEntry])
    case speakers([SpeakerLevel])
    case quality(ParticipantID, ConnectionQuality)
    /// A host turned the receiver's microphone off.
    case muted(by: ParticipantID)

    case chat(ChatEntry)
    case reaction(from: ParticipantID, Reaction)

    // The end, in its kinds.
    case ended(by: ParticipantID?)
    case removed(by: ParticipantID)
    case draining

    case pong(Int)
    case error(ErrorCode, request: Int?, detail: String)
}

extension ServerMessage {
    /// The value of the wire's `type` member.
    public var type: String {
        switch self {
        case .welcome: "welcome"
        case .waiting: "waiting"
        case .refused: "refused"
        case .participant: "participant"
        case .left: "left"
        case .meeting: "meeting"
        case .knock: "knock"
        case .knockGone: "knockGone"
        case .published: "published"
        case .subscribe: "subscribe"
        case .speakers: "speakers"
        case .quality: "quality"
        case .muted: "muted"
        case .chat: "chat"
        case .reaction: "reaction"
        case .ended: "ended"
        case .removed: "removed"
        case .draining: "draining"
        case .pong: "pong"
        case .error: "error"
        }
    }
}

/// Names, words and addresses travel in it: only the kind is printable.
extension ServerMessage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { type }
    public var debugDescription: String { type }
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
