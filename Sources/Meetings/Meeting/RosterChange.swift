// SPDX-License-Identifier: Apache-2.0

import Base

/// Something about a participant that the others haven't been told yet.
struct RosterChange: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        /// Came or changed; what is told is how the participant looks by then.
        case view(tellsSelf: Bool)
        case left(LeftReason)
    }

    let participant: ParticipantID
    var kind: Kind
}
