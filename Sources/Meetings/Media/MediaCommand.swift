// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a meeting tells the media plane. The meeting itself is known from the call that carries the command.
public enum MediaCommand: Hashable, Sendable {
    /// The participant is in: from now on it may publish, and is offered everyone else's tracks.
    case join(ParticipantID)
    /// The participant is gone: both connections and every track of theirs go.
    case leave(ParticipantID)
    /// The meeting is over: everything of it goes.
    case close
    /// The client's offer for its publisher connection, answered by ``MediaEvent/published(_:request:answer:)`` or
    /// ``MediaEvent/publishRefused(_:request:reason:)`` with the same request number.
    case publish(ParticipantID, request: Int, offer: String, sources: [MidSource])
    /// The client's answer to the ``MediaEvent/subscribe(_:request:offer:tracks:)`` of the same request number.
    case answer(ParticipantID, request: Int, answer: String)
    /// The client's network changed: offer the subscriber connection again with fresh ICE credentials.
    case restartSubscriber(ParticipantID)
    /// How much the participant wants of which tracks. Tracks that aren't named keep their layer.
    case layers(ParticipantID, [LayerWish])
}

/// Session descriptions hold addresses: only the kind is printable.
extension MediaCommand: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        switch self {
        case .join(let participant): "join \(participant)"
        case .leave(let participant): "leave \(participant)"
        case .close: "close"
        case .publish(let participant, let request, _, _): "publish \(request) of \(participant)"
        case .answer(let participant, let request, _): "answer \(request) of \(participant)"
        case .restartSubscriber(let participant): "restart subscriber of \(participant)"
        case .layers(let participant, let wishes): "\(wishes.count) layers of \(participant)"
        }
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
