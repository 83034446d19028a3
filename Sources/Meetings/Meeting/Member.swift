// SPDX-License-Identifier: Apache-2.0

import Base
import Membership

/// The connection side of somebody who has a leaf in the group.
struct Member: Sendable {
    /// The server's offer that the client hasn't answered.
    struct OpenOffer: Sendable {
        let request: Int
        let offer: String
        let tracks: [SubscriptionEntry]
    }

    let id: ParticipantID
    let resume: ResumeToken
    /// What the leaf says under this epoch's policy; kept, since a host's proof is a signature to check.
    var role: Role
    /// The epoch whose commit brought it.
    let enteredIn: UInt64
    /// `nil` while the socket is cut.
    var connection: ConnectionID?
    /// From when on the node asks for the removal; set while the socket is cut.
    var graceEnds: Moment?
    /// Said goodbye: the token brings nobody back.
    var hasLeft = false
    /// In which epoch its removal was proposed, by itself or by the node.
    var goesIn: UInt64?
    /// The newest epoch whose keys it has.
    var acked: UInt64?
    /// Whether the media plane knows it.
    var hasMedia = false
    var quality = ConnectionQuality.good
    /// The client's offer that the media plane hasn't answered.
    var openPublish: Int?
    var openOffer: OpenOffer?

    init(id: ParticipantID, resume: ResumeToken, role: Role, enteredIn: UInt64, connection: ConnectionID?) {
        self.id = id
        self.resume = resume
        self.role = role
        self.enteredIn = enteredIn
        self.connection = connection
    }

    var presence: Presence { Presence(id: id, connected: connection != nil) }
}
