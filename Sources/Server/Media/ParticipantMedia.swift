// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Routing
import Transport

/// One participant's two peer connections on the worker, and where their negotiations stand.
///
/// ```
/// publisher:   offer ─→ answer                              (each offer is answered at once)
/// subscriber:  change ─→ due ─→ outstanding ─→ answered
///                ↑ collected       │ further changes wait     │
///                └─────────────────┴──────────────────────────┘
/// ```
/// A lost connection stays here, without a session that works, until the client offers a new one or the meeting removes
/// the participant.
final class ParticipantMedia {
    let id: ParticipantID
    var publisher: MediaPeer?
    var publisherNegotiation: PublisherNegotiation?
    var publisherFingerprint: Fingerprint?
    /// What this participant publishes, as agreed.
    var published: [PublishedTrack] = []

    var subscriber: MediaPeer?
    var subscriberNegotiation: SubscriberNegotiation?
    var outstanding: Outstanding?
    /// When the next offer is to be written: changes come in flocks. Waits for an outstanding one to be answered.
    var offerDue: Moment?
    var wantsRestart = false
    var nextRequest = 1
    /// What the router forwards to this participant.
    var subscribed: Set<TrackID> = []
    /// What they asked for; tracks that come later find their wish here.
    var wishes: [TrackID: SimulcastLayer] = [:]

    /// The server's offer that the client hasn't answered yet.
    struct Outstanding {
        var request: Int
        var local: ICECredentials
    }

    init(id: ParticipantID) {
        self.id = id
    }
}
