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

/// Session descriptions hold addresses: only the kind is printable.
extension MediaEvent: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        switch self {
        case .published(let participant, let request, _): "published \(request) of \(participant)"
        case .publishRefused(let participant, let request, let reason):
            "publish \(request) of \(participant) refused: \(reason)"
        case .subscribe(let participant, let request, _, _): "subscribe \(request) of \(participant)"
        case .answerRefused(let participant, let request, let reason):
            "answer \(request) of \(participant) refused: \(reason)"
        case .speakers(let levels): "\(levels.count) speakers"
        case .quality(let participant, let quality): "quality \(quality) of \(participant)"
        case .connection(let participant, let side, let state): "\(side) of \(participant) \(state)"
        }
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
