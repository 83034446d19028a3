// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Meetings
import Routing
import Transport

/// One peer connection on its worker: the session, and where it is reached.
final class MediaPeer {
    let handle: PeerHandle
    let participant: ParticipantID
    let side: MediaSide
    let session: PeerSession
    unowned let meeting: MeetingMedia
    /// The user name fragments that the worker's index maps to this peer: the one in use and, during a restart, the next.
    var ufrags: [UfragKey] = []
    /// The addresses that the worker's ``PeerTable`` maps to this peer.
    var addresses: [TransportAddress] = []
    /// Where media goes.
    var destination: Destination = .none
    var isConnected = false
    /// The session has ended and will not work again.
    var isLost = false

    enum Destination {
        case none
        case datagram(cdatagram_endpoint, from: LocalAddress)
        case stream(StreamConnection)
    }

    init(
        handle: PeerHandle,
        participant: ParticipantID,
        side: MediaSide,
        session: PeerSession,
        meeting: MeetingMedia
    ) {
        self.handle = handle
        self.participant = participant
        self.side = side
        self.session = session
        self.meeting = meeting
    }
}
