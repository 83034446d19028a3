// SPDX-License-Identifier: Apache-2.0

import Base

/// A participant as the meeting knows it.
struct Member: Sendable {
    /// The server's offer that the client hasn't answered.
    struct OpenOffer: Sendable {
        let request: Int
        let offer: String
        let tracks: [SubscriptionEntry]
    }

    var view: ParticipantView
    let resume: ResumeToken
    /// `nil` while the socket is cut.
    var connection: ConnectionID?
    /// When the place is given up, and what the others are told then; set while the socket is cut.
    var graceEnds: Moment?
    var leftReason = LeftReason.lost
    /// A host turned the microphone off and the participant hasn't turned it on again.
    var isMutedByHost = false
    var quality = ConnectionQuality.good
    /// The client's offer that the media plane hasn't answered.
    var openPublish: Int?
    var openOffer: OpenOffer?

    var id: ParticipantID { view.id }
    var microphone: TrackID { TrackID(participant: view.id, source: .microphone) }
}
