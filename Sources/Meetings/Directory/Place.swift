// SPDX-License-Identifier: Apache-2.0

import Base

/// Where a connection stands.
enum Place<Crypto: CryptoProvider>: Sendable {
    /// Somebody who was told that the room doesn't run, and may found it.
    struct Founder: Sendable {
        let request: JoinRequest
        let newcomer: Newcomer<Crypto>
        let nodeKey: NodeKey<Crypto>
    }

    case outside(until: Moment)
    case founding(Founder, until: Moment)
    /// At the door of a meeting, or inside; by the alias that it was founded under.
    case meeting(MeetingID)
}
