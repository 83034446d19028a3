// SPDX-License-Identifier: Apache-2.0

import Accounts
import Base
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import Testing
import Transparency

@testable import Sealing

/// An insider looks up accounts about which requests are pending. Nothing that lies in the database tells which those are, and a release is
/// worth nothing to anybody but the order's recipient.
@Suite("RT-25: an insider looks up accounts")
struct RT25LooksUpPendingTests {
    @Test("an order doesn't say whose record it is to who has no salt")
    func unlinkable() throws {
        let vault = try Vault()
        let story = try vault.story()
        let key = Hexadecimal.text(try vault.account().bytes)
        let bundle = try #require(try story.bundle().encoded)
        #expect(!String(decoding: bundle, as: UTF8.self).contains(key))
        for entry in vault.council.log.entries {
            let text = String(decoding: entry, as: UTF8.self)
            #expect(!text.contains(key) && !text.contains(vault.id.text))
        }
    }

    @Test("three releases, intercepted by whoever carries them, open nothing")
    func intercepted() throws {
        let vault = try Vault()
        let permit = try vault.story().verify()
        let released = try Vault.custodians.map { try vault.release($0, under: permit) }
        #expect(!vault.isLegible(in: released.map { $0.text }))
        for release in released {
            for pair in try (Vault.custodians + [Vault.spare]).map({ try vault.keyPair($0) }) {
                let (field, sealed) = release.shares[0]
                let info = ReleasedShares.info(permit.order, vault.id, release.place, release.seat, field)
                #expect(throws: CryptoRefusal.authenticationFailed) {
                    try sealed.open(with: pair, info: info, crypto: NativeCrypto.self)
                }
            }
        }
    }
}
