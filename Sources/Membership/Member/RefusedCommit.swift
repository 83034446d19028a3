// SPDX-License-Identifier: Apache-2.0

import Base

/// A commit that the node has accepted and we don't follow.
struct RefusedCommit: Sendable {
    let commit: [UInt8]
    /// It breaks a rule of the meeting, as everybody can see: we don't go after those who follow it. Else it may be that
    /// only we can't read it.
    let isAgainstRules: Bool
    /// When the node no longer takes it back.
    var until: Moment?
}
