// SPDX-License-Identifier: Apache-2.0

import Accounts
import Governance
import GovernanceSupport
import NativeCrypto
import Sealing
import SealingSupport
import TestSupport
import Testing
import Transparency

@Suite("A record as a node stores it")
struct DepositTests {
    private func refusal(
        _ text: [UInt8],
        _ vault: Vault,
        genesis: DocumentHash? = nil,
        now: UInt64? = nil
    ) throws -> DepositRefusal? {
        let time = try vault.council.time(now)
        do throws(DepositRefusal) {
            _ = try RecordDeposit(
                parsing: text,
                genesis: genesis ?? vault.council.genesis,
                now: time,
                with: NativeCrypto.self
            )
            return nil
        } catch {
            return error
        }
    }

    @Test("whose it is and until when, as the record itself says it")
    func deposit() throws {
        let vault = try Vault()
        let deposit = try RecordDeposit(
            parsing: vault.record.text,
            genesis: vault.council.genesis,
            now: vault.council.time(),
            with: NativeCrypto.self
        )
        #expect(deposit.id == vault.id && deposit.owner == vault.record.owner && deposit.until == vault.record.until)
        #expect(RecordDeposit.longestRetention == SealedRecord.longestRetention)
        #expect(RecordDeposit.longest == SealedRecord.longest)
    }

    @Test("every rule")
    func rules() throws {
        let vault = try Vault()
        let text = vault.record.text
        let sealed = vault.record.sealed.seconds
        #expect(try refusal(text, vault, genesis: Story.hash("other")) == .otherDeployment)
        #expect(try refusal(text, vault, now: sealed - 601) == .notNow)
        #expect(try refusal(text, vault, now: sealed - 600) == nil)
        #expect(try refusal(text, vault, now: vault.record.until.seconds) == .notNow)
        #expect(try refusal(text + [UInt8](repeating: 0x78, count: SealedRecord.longest), vault) == .tooLong)
        #expect(try refusal(Array(text.dropLast()), vault) == .malformed)
        let words = String(decoding: text, as: UTF8.self)
        let longer = words.replacing("until 2026", with: "until 2036")
        #expect(longer != words)
        #expect(try refusal(Array(longer.utf8), vault) == .wrongRetention)
        let other = words.replacing("field phone", with: "field photo")
        #expect(try refusal(Array(other.utf8), vault) == .wrongSignature)
    }

    @Test("one bit of any byte flipped isn't stored")
    func flipped() throws {
        let vault = try Vault()
        for place in vault.record.text.indices {
            var changed = vault.record.text
            changed[place] ^= 1 << UInt8(place % 8)
            #expect(try refusal(changed, vault) != nil, "byte \(place)")
        }
    }

    @Test("its owner's request deletes it, nobody else's")
    func deletion() throws {
        let vault = try Vault()
        let now = try vault.council.time()
        let deposit = try RecordDeposit(
            parsing: vault.record.text,
            genesis: vault.council.genesis,
            now: now,
            with: NativeCrypto.self
        )
        func request(_ record: DocumentHash?, by secret: AccountSecret) throws -> DeletionRequest {
            try DeletionRequest(
                of: record,
                by: secret,
                genesis: vault.council.genesis,
                now: now,
                with: NativeCrypto.self
            )
        }
        #expect(deposit.isCovered(by: try request(nil, by: vault.secret)))
        #expect(deposit.isCovered(by: try request(vault.id, by: vault.secret)))
        #expect(!deposit.isCovered(by: try request(Story.hash("another"), by: vault.secret)))
        var randomness = SeededRandomness(seed: 1)
        let stranger = AccountSecret(using: &randomness)
        #expect(!deposit.isCovered(by: try request(nil, by: stranger)))
        #expect(!deposit.isCovered(by: try request(vault.id, by: stranger)))
    }
}
