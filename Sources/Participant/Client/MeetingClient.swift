// SPDX-License-Identifier: Apache-2.0

public import Base
public import Meetings
public import Membership
import NativeCrypto

/// One member of a meeting and its words with the node, without a socket and without media: messages go in, messages and
/// changes come out. ``Participant`` gives it both; tests stand in for the node.
public struct MeetingClient: Sendable {
    /// What is to be done, in order.
    public enum Output: Sendable {
        case send(ClientMessage)
        case frames(FrameKeyChange)
        case event(MemberEvent)
        /// Close the socket and open another.
        case reconnect
    }

    /// What the person sees, as the events have told it.
    public private(set) var view = MeetingView()
    /// What becomes of the peer connections when a place is taken up again.
    public var media = JoinRequest.MediaChoice.keep
    /// Messages of the node that can't be read, and are passed over.
    public private(set) var unreadable = 0

    private var member: Member<NativeCrypto>
    private var randomness = SystemRandomness()

    public init(_ identity: MemberIdentity, _ settings: MemberSettings) throws(MemberRefusal) {
        member = try Member(identity, settings, using: &randomness)
    }

    /// When ``MemberInput/timeout`` is due.
    public var nextDeadline: Moment? { member.nextDeadline }

    /// A text frame of the node.
    public mutating func receive(text: [UInt8], now: Moment, clock: UInt64) -> [Output] {
        do throws(MessageRefusal) {
            return receive(try ServerMessage(parsing: text), now: now, clock: clock)
        } catch {
            unreadable += 1
            return []
        }
    }

    /// What is about media and the connection is passed over: it is for whoever has them.
    public mutating func receive(_ message: ServerMessage, now: Moment, clock: UInt64) -> [Output] {
        guard let message = NodeMessage(message) else { return [] }
        return handle(.node(message), now: now, clock: clock)
    }

    /// - Parameters:
    ///   - now: monotonic.
    ///   - clock: milliseconds since 1970.
    public mutating func handle(_ input: MemberInput, now: Moment, clock: UInt64) -> [Output] {
        var outputs: [Output] = []
        for output in member.handle(input, now: now, clock: clock, using: &randomness) {
            switch output {
            case .send(.reconnect): outputs.append(.reconnect)
            case .send(let request):
                guard let message = ClientMessage(request, media: media) else { continue }
                outputs.append(.send(message))
            case .frames(let change): outputs.append(.frames(change))
            case .event(let event):
                view.apply(event)
                outputs.append(.event(event))
            }
        }
        return outputs
    }
}
