// SPDX-License-Identifier: Apache-2.0

import Driver
import StandInCrypto
import Transparency

fuzz { input in
    guard let policy = try? TrustPolicy(parsing: [UInt8](input), with: StandInCrypto.self) else { return }
    // All witnesses are enough for every policy; none only where the policy says so.
    precondition(policy.isSatisfied(by: Set(policy.witnesses.indices)))
    precondition(policy.isSatisfied(by: []) == (policy.quorum == .none))
}
