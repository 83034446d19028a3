// SPDX-License-Identifier: Apache-2.0

import PortableCrypto
import SFrame

/// A ring, held by reference: taking it out of a dictionary and putting it back would copy its windows per frame.
final class Ring {
    var keys: KeyRing<PortableCrypto>

    init(_ keys: KeyRing<PortableCrypto>) {
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

/// All that lives between calls. One instance of the module has one; it has no threads.
struct CoreState {
    var rings = Handles<Ring>(limit: 64)
    var plans = Handles<WaitingPlan>(limit: 4_096)
}

nonisolated(unsafe) var state = CoreState()
