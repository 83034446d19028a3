// SPDX-License-Identifier: Apache-2.0

import Base

/// Somebody at the door, as their opened knock says.
struct WaitingKnock: Sendable {
    let participant: ParticipantID
    let knock: Knock
    /// Of the link that was used.
    let alias: MeetingID
    /// When this person let them in.
    var admittedAt: Moment?
    /// Whether the person was told of them.
    var isShown = false
    /// Whether key package and statement were found to be signed by who comes.
    var isSound = false
}
