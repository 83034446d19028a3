// SPDX-License-Identifier: Apache-2.0

import Accounts
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import TestSupport
import Testing
import Transparency

/// Accounts were made in other people's names, to be evidence against them. An operator would like them to look old.
@Suite("RT-26: an account that looks older than it is")
struct RT26BackdatedAccountTests {
    @Test("the certificate may say what it likes; its age is what witnesses saw")
    func claimed() throws {
        let council = try Council()
        var randomness = SeededRandomness(seed: 1)
        let old = try council.time(council.now - 3_000 * 86_400)
        let certificate = try AccountCertificate(
            of: AccountSecret(using: &randomness),
            genesis: council.genesis,
            now: old,
            with: NativeCrypto.self
        )
        let batch = try #require(AccountBatch<NativeCrypto>([certificate], using: &randomness))
        // The log's writer dates the entry back as well.
        let entry = try LogEntry(.accounts, at: old, [(.document, batch.document.text)]).encoded
        let index = council.log.append(entry)
        council.now += 60
        let receipt = try #require(
            batch.receipt(at: 0, entry: entry, proof: council.log.proof(of: index, at: council.now))
        )
        let known = try receipt.verify(
            certificate,
            under: Vault.inForce(council),
            now: #require(CosignatureTime(seconds: council.now)),
            with: NativeCrypto.self
        )
        #expect(known.seconds == council.now)
    }
}
