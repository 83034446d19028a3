// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// A commit of ours that the node hasn't answered yet.
struct CommitInFlight<Crypto: CryptoProvider>: Sendable {
    let request: UInt32
    let commit: [UInt8]
    let staged: Staged<Crypto>
    /// What it carries out.
    let intents: Intents
    let admitted: [ParticipantID]
    let givenUpAt: Moment
}
