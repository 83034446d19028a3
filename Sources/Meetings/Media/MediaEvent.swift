// SPDX-License-Identifier: Apache-2.0

public import Base

/// What the media plane tells a meeting.
public enum MediaEvent: Hashable, Sendable {
    /// The answer to a publisher's offer.
    case published(ParticipantID, request: Int, answer: String)
    /// The offer of that request changed nothing.
    case publishRefused(ParticipantID, request: Int, reason: MediaRefusal)
    /// The server's offer for the participant's subscriber connection; at most one is outstanding.
    case subscribe(ParticipantID, request: Int, offer: String, tracks: [SubscriptionEntry])
    /// The answer of that request changed nothing.
    case answerRefused(ParticipantID, request: Int, reason: MediaRefusal)
    /// Who is speaking, loudest first. Empty when nobody is.
    case speakers([SpeakerLevel])
    case quality(ParticipantID, ConnectionQuality)
    case connection(ParticipantID, MediaSide, MediaConnectionState)
}
