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

/// Accounts were shut by a flag, after the event, without a word.
@Suite("RT-34: an account is shut without an order")
struct RT34RowIsDeletedTests {
    /// What a node that knows nothing says to an account that signs in.
    private func refusal(
        _ vault: Vault,
        at genesis: DocumentHash,
        suspensions: [Suspension],
        now: EntryTime
    ) throws -> SignInRefusal? {
        var randomness = vault.randomness
        let origin = Array("https://rebuilt.example".utf8)
        var desk = SignInDesk<NativeCrypto>(genesis: genesis, origin: origin, key: .random(32, using: &randomness))
        let certificate = try AccountCertificate(
            of: vault.secret,
            genesis: genesis,
            now: vault.council.time(Council.beginning),
            with: NativeCrypto.self
        )
        let signIn = try SignIn(
            by: vault.secret,
            at: origin,
            genesis: genesis,
            challenge: desk.challenge(now: now, using: &randomness),
            with: NativeCrypto.self
        )
        do throws(SignInRefusal) {
            _ = try desk.accept(signIn, certificate: certificate, suspensions: suspensions, now: now)
            return nil
        } catch {
            return error
        }
    }

    @Test("a node rebuilt from nothing takes the account: there is no row that would have to be there")
    func rebuilt() throws {
        let vault = try Vault()
        #expect(try refusal(vault, at: vault.council.genesis, suspensions: [], now: vault.council.time()) == nil)
    }

    @Test("only a permit suspends; the person is told which order, and until when; then it is over by itself")
    func ordered() throws {
        let vault = try Vault()
        let permit = try vault.story(.suspend).verify()
        let suspension = try #require(Suspension(permit, salt: vault.salt))
        let genesis = vault.council.genesis
        #expect(
            try refusal(vault, at: genesis, suspensions: [suspension], now: vault.council.time())
                == .suspended(order: permit.order, until: permit.until)
        )
        let after = try vault.council.time(permit.until.seconds)
        #expect(try refusal(vault, at: genesis, suspensions: [suspension], now: after) == nil)
        // Nor elsewhere: an order is for its own deployment.
        #expect(
            try refusal(vault, at: Story.hash("other"), suspensions: [suspension], now: vault.council.time()) == nil
        )
    }
}
