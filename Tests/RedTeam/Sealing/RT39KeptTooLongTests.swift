// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import Testing
import Transparency

@testable import Sealing

/// People were visited because of what was kept about them. What is sealed is kept for 90 days at most, and less if the person says so.
@Suite("RT-39: kept too long")
struct RT39KeptTooLongTests {
    @Test("after its retention a record that somebody kept opens for nobody but its owner")
    func retention() throws {
        let vault = try Vault()
        vault.council.now += SealedRecord.longestRetention - 79 * 3_600
        let permit = try vault.story().verify()
        #expect(try refusal(of: vault, by: "cleo", under: permit) == nil)
        vault.council.now = vault.record.until.seconds
        #expect(try refusal(of: vault, by: "cleo", under: permit) == .expired)
        #expect(Vault.text(try vault.record.open(by: vault.secret, with: NativeCrypto.self)) == Vault.contents)
    }

    @Test("a longer one can't be written")
    func longer() throws {
        let text = String(decoding: try Vault().record.text, as: UTF8.self)
        let lines = text.split(separator: "\n")
        let until = try #require(lines.first { $0.hasPrefix("until ") })
        let later = text.replacing(until, with: "until 2099-01-01T00:00:00Z")
        #expect(throws: RecordRefusal.wrongRetention) {
            try SealedRecord(parsing: Array(later.utf8), with: NativeCrypto.self)
        }
    }
}
