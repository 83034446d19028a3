// SPDX-License-Identifier: Apache-2.0

import Boundary
import Membership
import PortableCrypto
import SFrame

/// A ring, held by reference: taking it out of a dictionary and putting it back would copy its windows per frame.
final class Ring {
    var keys: KeyRing<MeetingCrypto>

    init(_ keys: KeyRing<MeetingCrypto>) {
        self.keys = keys
    }
}

/// A plan that waits for WebCrypto.
final class WaitingPlan {
    let ring: Ring
    let plan: OpeningPlan

    init(ring: Ring, plan: OpeningPlan) {
        self.ring = ring
        self.plan = plan
    }
}

/// A member, held by reference like a ring.
final class HeldMember {
    var member: Member<MeetingCrypto>

    init(_ member: Member<MeetingCrypto>) {
        self.member = member
    }
}

/// All that lives between calls. One instance of the module has one; it has no threads.
struct CoreState {
    var rings = Handles<Ring>(limit: 64)
    var members = Handles<HeldMember>(limit: 8)
    var plans = Handles<WaitingPlan>(limit: 4_096)
}

nonisolated(unsafe) var state = CoreState()
