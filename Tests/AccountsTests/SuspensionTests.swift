// SPDX-License-Identifier: Apache-2.0

import Accounts
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import TestSupport
import Testing
import Transparency

@Suite("Suspension")
struct SuspensionTests {
    @Test("a permit to suspend applies to the one account that it was committed to, until its day")
    func applies() throws {
        let vault = try Vault()
        let permit = try vault.story(.suspend).verify()
        let suspension = try #require(Suspension(permit, salt: vault.salt))
        let (account, now) = (try vault.account(), try vault.council.time())
        #expect(suspension.applies(to: account, now: now, with: NativeCrypto.self))
        #expect(suspension.until == permit.until)
        var randomness = SeededRandomness(seed: 51)
        for _ in 0..<20 {
            let other = try AccountSecret(using: &randomness).key(with: NativeCrypto.self)
            #expect(!suspension.applies(to: other, now: now, with: NativeCrypto.self))
        }
        let end = try vault.council.time(permit.until.seconds)
        let before = try vault.council.time(permit.until.seconds - 1)
        #expect(suspension.applies(to: account, now: before, with: NativeCrypto.self))
        #expect(!suspension.applies(to: account, now: end, with: NativeCrypto.self))
        #expect(suspension.isOver(now: end))
    }

    @Test("a permit for something else, or another salt, suspends nobody")
    func others() throws {
        let vault = try Vault()
        #expect(Suspension(try vault.story(.disclose).verify(), salt: vault.salt) == nil)
        let permit = try vault.story(.suspend, seed: 6).verify()
        #expect(Suspension(permit, salt: []) == nil)
        var salt = vault.salt
        salt[0] ^= 1
        let wrong = try #require(Suspension(permit, salt: salt))
        let (account, now) = (try vault.account(), try vault.council.time())
        #expect(!wrong.applies(to: account, now: now, with: NativeCrypto.self))
    }
}
