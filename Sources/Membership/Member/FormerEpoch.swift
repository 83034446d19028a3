// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// What is kept of the epoch that was left last, in case that the others don't follow.
struct FormerEpoch<Crypto: CryptoProvider>: Sendable {
    /// As it was when it was left: nothing was sent in it since, so going back uses no key twice.
    let group: Group<Crypto>
    let commit: [UInt8]
    let author: ParticipantID?
    /// Whom the commit removed.
    let removed: [LeafIndex]
    let until: Moment
    let link: MeetingLink?
    let links: LinkBook
    /// Commits of that epoch that had been void before.
    let voidCommits: [[UInt8]]
}
