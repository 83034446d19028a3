// SPDX-License-Identifier: Apache-2.0

import Base

/// A comparison by four words under way. Nobody reveals a number before all have bound themselves to theirs, so that a
/// node between two groups has one try in 2^44 instead of grinding.
struct ShortCode: Sendable {
    static let patience = Interval.seconds(20)

    let id: [UInt8]
    let epoch: UInt64
    /// In order of their ids.
    let participants: [ParticipantID]
    let nonce: [UInt8]
    var commitments: [(participant: ParticipantID, commitment: [UInt8])] = []
    var reveals: [(participant: ParticipantID, nonce: [UInt8])] = []
    var isRevealed = false
    var endsAt: Moment?

    /// Who hasn't sent what is due next.
    var waitingFor: [ParticipantID] {
        participants.filter { participant in
            let isBound = commitments.contains { $0.participant == participant }
            let isOpen = reveals.contains { $0.participant == participant }
            return commitments.count < participants.count ? !isBound : !isOpen
        }
    }

    static func commitment<Crypto: CryptoProvider>(
        id: [UInt8],
        participant: ParticipantID,
        nonce: [UInt8],
        with _: Crypto.Type
    ) -> [UInt8] {
        Crypto.hash(.sha256, [UInt8](word: "vigil short code") + id + participant.rawValue.encoded + nonce)
    }
}
