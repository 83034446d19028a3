// SPDX-License-Identifier: Apache-2.0

import Base

/// A meeting that a host ended: only its host may start it again for a while, so that a guest whose client joins by
/// itself doesn't found another one under the same link.
struct EndedMeeting: Sendable {
    let hostKey: [UInt8]
    let act: HostAct
    let until: Moment
}
