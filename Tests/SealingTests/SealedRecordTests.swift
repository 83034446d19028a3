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

@testable import Sealing

@Suite("Sealed records")
struct SealedRecordTests {
    private func refusal(of text: String) -> RecordRefusal? {
        do throws(RecordRefusal) {
            _ = try SealedRecord(parsing: Array(text.utf8), with: NativeCrypto.self)
            return nil
        } catch {
            return error
        }
    }

    @Test("the owner opens what was sealed, nobody else's key does")
    func owner() throws {
        let vault = try Vault()
        #expect(Vault.text(try vault.record.open(by: vault.secret, with: NativeCrypto.self)) == Vault.contents)
        var randomness = SeededRandomness(seed: 2)
        let other = AccountSecret(using: &randomness)
        #expect(throws: CryptoRefusal.authenticationFailed) {
            try vault.record.open(by: other, with: NativeCrypto.self)
        }
    }

    @Test("what is read is written again")
    func text() throws {
        let vault = try Vault()
        let again = try SealedRecord(parsing: vault.record.text, with: NativeCrypto.self)
        #expect(again == vault.record)
        #expect(again.text == vault.record.text)
        for shares in vault.shares { #expect(try SealedShares(parsing: shares.text) == shares) }
        let written = String(decoding: vault.record.text, as: UTF8.self)
        for content in Vault.contents.values { #expect(!written.contains(content)) }
    }

    @Test("every rule of the text")
    func rules() throws {
        let vault = try Vault()
        let text = String(decoding: vault.record.text, as: UTF8.self)
        func line(_ key: String) -> String {
            String(text.split(separator: "\n").first { $0.hasPrefix(key + " ") } ?? "") + "\n"
        }
        #expect(refusal(of: text) == nil)
        #expect(refusal(of: text + String(repeating: "x", count: SealedRecord.longest)) == .tooLong)
        #expect(refusal(of: text.replacing("record/v1", with: "record/v2")) == .wrongHeader)
        #expect(refusal(of: text + "more x\n") == .trailingText)
        for key in RecordLine.allCases.prefix(while: { $0 != .order }) where key != .field {
            #expect(refusal(of: text.replacing(line(key.text), with: "")) == .malformed(key))
        }
        #expect(refusal(of: text.replacing(line("custodian"), with: "custodian dora\n")) == .custodianTwice)
        #expect(
            refusal(of: text.replacing(line("until"), with: line("sealed").replacing("sealed", with: "until")))
                == .wrongRetention
        )
        let late = try vault.council.time(vault.record.until.seconds + 1)
        #expect(refusal(of: text.replacing(line("until"), with: "until \(late.text)\n")) == .wrongRetention)
        #expect(refusal(of: text.replacing("field phone", with: "field contact")) == .unsortedFields)
        let fields = text.split(separator: "field contact")[0]
        #expect(refusal(of: String(fields) + line("signature")) == .wrongFieldCount)
        let field = "field " + text.split(separator: "field ")[1]
        let many = (0...16).map { field.replacing("field contact", with: "field a\($0 + 100)") }.joined()
        #expect(refusal(of: String(fields) + many + line("signature")) == .wrongFieldCount)
        #expect(refusal(of: text.replacing("custodian cleo", with: "custodian clea")) == .wrongSignature)
    }

    @Test("what can't be sealed is refused")
    func refused() throws {
        let vault = try Vault()
        var randomness = vault.randomness
        let now = try vault.council.time()
        let custodians = try Custodians(
            Vault.custodians.map { try vault.seatKey($0) },
            under: vault.inForce(),
            now: now,
            with: NativeCrypto.self
        )
        func seal(_ fields: [(String, Int)], until: UInt64 = 86_400) throws -> SealingRefusal? {
            let contents = try fields.map { name, count in
                (field: try Council.name(name), content: Redacted([UInt8](repeating: 65, count: count)))
            }
            do throws(SealingRefusal) {
                _ = try SealedRecord.seal(
                    contents,
                    by: vault.secret,
                    for: custodians,
                    now: now,
                    until: EntryTime(seconds: now.seconds + until) ?? now,
                    using: &randomness,
                    with: NativeCrypto.self
                )
                return nil
            } catch {
                return error
            }
        }
        #expect(try seal([("contact", 510)]) == nil)
        #expect(try seal([("contact", 0)]) == nil)
        #expect(try seal([("contact", 511)]) == .fieldTooLong(Council.name("contact")))
        #expect(try seal([]) == .wrongFieldCount)
        #expect(try seal((0..<16).map { ("f\($0)", 1) }) == nil)
        #expect(try seal((0..<17).map { ("f\($0)", 1) }) == .wrongFieldCount)
        #expect(try seal([("b", 1), ("a", 1), ("b", 2)]) == .fieldTwice(Council.name("b")))
        #expect(try seal([("a", 1)], until: 0) == .wrongRetention)
        #expect(try seal([("a", 1)], until: SealedRecord.longestRetention) == nil)
        #expect(try seal([("a", 1)], until: SealedRecord.longestRetention + 1) == .wrongRetention)
    }

    @Test("lengths say nothing, and no two ciphertexts are alike")
    func lengths() throws {
        let vault = try Vault()
        #expect(Set(vault.record.fields.map { $0.ciphertext.count }) == [SealedField.ciphertextLength])
        let other = try Vault(seed: 78)
        let all = (vault.record.fields + other.record.fields).map { $0.ciphertext }
        #expect(Set(all).count == all.count)
        #expect(Set(vault.shares.map { $0.text.count }).count <= 2)
    }

    @Test("the retention ends")
    func retention() throws {
        let record = try Vault().record
        #expect(!record.isExpired(now: try #require(EntryTime(seconds: record.until.seconds - 1))))
        #expect(record.isExpired(now: record.until))
    }

    @Test("no other secret has a field's commitment, so no other key opens it")
    func committed() throws {
        let vault = try Vault()
        let field = vault.record.fields[0]
        let context = vault.record.context(of: field.name)
        var randomness = SeededRandomness(seed: 3)
        for _ in 0..<50 {
            let other = FieldSecret<NativeCrypto>(.random(32, using: &randomness), context)
            #expect(try other.commitment() != field.commitment)
        }
        // The same secret for another field, record or deployment commits and opens differently.
        let secret = Secret.random(32, using: &randomness)
        let contexts = [
            context, vault.record.context(of: vault.record.fields[1].name),
            FieldContext(genesis: context.genesis, salt: randomness.bytes(32), field: context.field),
            FieldContext(genesis: Story.hash("other"), salt: context.salt, field: context.field),
        ]
        #expect(Set(try contexts.map { try FieldSecret<NativeCrypto>(secret, $0).commitment() }).count == 4)
        let sealed = try FieldSecret<NativeCrypto>(secret, contexts[0]).seal([1])
        for other in contexts.dropFirst() {
            #expect(throws: CryptoRefusal.authenticationFailed) {
                try FieldSecret<NativeCrypto>(secret, other).open(sealed)
            }
        }
    }
}
