// SPDX-License-Identifier: Apache-2.0

import Base

/// A connection at the door.
struct Outsider<Crypto: CryptoProvider>: Sendable {
    let connection: ConnectionID
    let alias: MeetingID
    let newcomer: Newcomer<Crypto>
    /// When it has to have done something; `nil` once it has knocked.
    private(set) var until: Moment?
    private(set) var knock: [UInt8]?

    init(connection: ConnectionID, alias: MeetingID, newcomer: Newcomer<Crypto>, until: Moment) {
        self.connection = connection
        self.alias = alias
        self.newcomer = newcomer
        self.until = until
    }

    var participant: ParticipantID { newcomer.participant }

    var sealedKnock: SealedKnock? {
        knock.map { SealedKnock(participant: participant, knock: $0, meeting: alias) }
    }

    /// It did something: more time for the next step.
    mutating func rest(until: Moment) {
        if knock == nil { self.until = until }
    }

    mutating func setKnock(_ knock: [UInt8]) {
        self.knock = knock
        until = nil
    }
}
