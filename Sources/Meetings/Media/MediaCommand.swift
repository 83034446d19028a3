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
    /// While paused, the track's packets are dropped at the door.
    case pause(TrackID, Bool)
}
