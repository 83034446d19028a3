// SPDX-License-Identifier: Apache-2.0

import Base

/// A meeting that a host ended: only its host may start it again for a while, so that a guest whose client joins by
/// itself doesn't become the next host.
struct EndedMeeting: Sendable {
    let hostLock: HostLock
    let act: HostAct
    let until: Moment
}
