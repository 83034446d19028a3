// SPDX-License-Identifier: Apache-2.0

public import Base

/// What the node says to a client. The wire form is in docs/protocol.md.
public enum ServerMessage: Equatable, Sendable {
    // At the door.
    case door(Door)
    /// No such room; whoever founds it lists the key as an external sender.
    case vacant(ParticipantID, key: [UInt8])
    /// The knock is with those who can let in. Sent again when it changes whether a host or co-host is there.
    case waiting(hostPresent: Bool)
    /// What an external commit needs.
    case group(epoch: UInt64, groupInfo: [UInt8], tree: [UInt8])
    /// Not in; the connection is closed after it.
    case refused(JoinRefusal)
    case welcome(Entrance)

    // The group. All but the answers are numbered, and kept for a while for those who resume.
    case accepted(request: Int, epoch: UInt64, sequence: UInt64)
    case commit(sequence: UInt64, epoch: UInt64, commit: [UInt8])
    case proposal(sequence: UInt64, proposal: [UInt8])
    case reopened(sequence: UInt64, epoch: UInt64, refusals: [[UInt8]])
    /// Every connected member has the epoch's keys.
    case ready(epoch: UInt64)
    case sent(request: Int, sequence: UInt64?)
    /// Without a number if it is for the receiver alone.
    case message(sequence: UInt64?, from: ParticipantID, message: [UInt8])

    // Who is there.
    case participant(Presence)
    case knock(SealedKnock)
    case knockGone(ParticipantID)

    // Media.
    case published(request: Int, answer: String)
    case subscribe(request: Int, offer: String, tracks: [SubscriptionEntry])
    case speakers([SpeakerLevel])
    case quality(ParticipantID, ConnectionQuality)

    // The end, in its kinds.
    case ended(by: ParticipantID)
    case removed(by: ParticipantID)
    case draining

    case pong(Int)
    case error(ErrorCode, request: Int?, detail: String)
}

extension ServerMessage {
    /// The value of the wire's `type` member.
    public var type: String {
        switch self {
        case .door: "door"
        case .vacant: "vacant"
        case .waiting: "waiting"
        case .group: "group"
        case .refused: "refused"
        case .welcome: "welcome"
        case .accepted: "accepted"
        case .commit: "commit"
        case .proposal: "proposal"
        case .reopened: "reopened"
        case .ready: "ready"
        case .sent: "sent"
        case .message: "message"
        case .participant: "participant"
        case .knock: "knock"
        case .knockGone: "knockGone"
        case .published: "published"
        case .subscribe: "subscribe"
        case .speakers: "speakers"
        case .quality: "quality"
        case .ended: "ended"
        case .removed: "removed"
        case .draining: "draining"
        case .pong: "pong"
        case .error: "error"
        }
    }
}

/// Ciphertext and addresses travel in it: only the kind is printable.
extension ServerMessage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { type }
    public var debugDescription: String { type }
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
