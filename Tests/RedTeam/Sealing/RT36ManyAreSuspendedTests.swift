// SPDX-License-Identifier: Apache-2.0

import Accounts
import Base
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import TestSupport
import Testing
import Transparency

/// "Ban all the free accounts": one order, one account.
@Suite("RT-36: many are suspended at once")
struct RT36ManyAreSuspendedTests {
    @Test("of a thousand accounts a suspension applies to one")
    func one() throws {
        let vault = try Vault()
        let permit = try vault.story(.suspend).verify()
        let suspension = try #require(Suspension(permit, salt: vault.salt))
        var randomness = SeededRandomness(seed: 1)
        var accounts = [try vault.account()]
        for _ in 0..<1_000 {
            accounts.append(try #require(AccountKey(randomness.bytes(32))))
        }
        let now = try vault.council.time()
        #expect(accounts.filter { suspension.applies(to: $0, now: now, with: NativeCrypto.self) } == [accounts[0]])
    }
}
