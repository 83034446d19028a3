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

@Suite("How old an account is")
struct ReceiptTests {
    private struct Batch {
        let council: Council
        let certificates: [AccountCertificate]
        let receipts: [AccountReceipt]
        let logged: UInt64
    }

    private func batch(of count: Int, council given: Council? = nil) throws -> Batch {
        let council = try given ?? Council()
        var randomness = SeededRandomness(seed: 41)
        let certificates = try (0..<count).map { _ in
            try AccountCertificate(
                of: AccountSecret(using: &randomness),
                genesis: council.genesis,
                now: council.time(),
                with: NativeCrypto.self
            )
        }
        let batch = try #require(AccountBatch<NativeCrypto>(certificates, using: &randomness))
        let index = try council.append(.accounts, [(.document, batch.document.text)])
        council.now += 30
        let logged = council.now
        let proof = try council.log.proof(of: index, at: logged)
        let receipts = try certificates.indices.map {
            try #require(batch.receipt(at: $0, entry: council.log.entries[Int(index)], proof: proof))
        }
        #expect(batch.receipt(at: count, entry: [], proof: []) == nil)
        return Batch(council: council, certificates: certificates, receipts: receipts, logged: logged)
    }

    private func age(
        _ receipt: AccountReceipt,
        _ certificate: AccountCertificate,
        _ council: Council
    ) throws -> EntryTime {
        try receipt.verify(
            certificate,
            under: Vault.inForce(council),
            now: #require(CosignatureTime(seconds: council.now + 60)),
            with: NativeCrypto.self
        )
    }

    private func refusal(_ body: () throws -> Void) throws -> ReceiptRefusal? {
        do {
            try body()
            return nil
        } catch let refusal as ReceiptRefusal {
            return refusal
        }
    }

    @Test("witnesses say since when, whatever the certificate claims", arguments: [1, 2, 3, 7, 12])
    func witnessed(count: Int) throws {
        let batch = try batch(of: count)
        batch.council.now += 40 * 86_400
        for (receipt, certificate) in zip(batch.receipts, batch.certificates) {
            let read = try AccountReceipt(parsing: receipt.text)
            #expect(read == receipt)
            #expect(try age(read, certificate, batch.council).seconds == batch.logged)
        }
    }

    @Test("the log's entry is one hash: not who, not how many")
    func silent() throws {
        let council = try Council()
        let (one, many) = (try batch(of: 1, council: council), try batch(of: 12, council: council))
        let entries = council.log.entries.suffix(2).map { String(decoding: $0, as: UTF8.self) }
        #expect(Set(entries.map { $0.utf8.count }).count == 1)
        for entry in entries {
            #expect(entry.split(separator: "\n").count == 4)
            for certificate in one.certificates + many.certificates {
                #expect(!entry.contains(Hexadecimal.text(certificate.key.bytes)))
            }
        }
    }

    @Test("another account's receipt, another deployment's, one that wasn't logged")
    func refused() throws {
        let batch = try batch(of: 3)
        let (receipt, certificate) = (batch.receipts[0], batch.certificates[0])
        #expect(
            try refusal { _ = try age(receipt, batch.certificates[1], batch.council) } == .notInBatch(.rootMismatch)
        )
        let other = try Council(edit: { $0.replacing("deployment meet.example", with: "deployment other.example") })
        #expect(try refusal { _ = try age(receipt, certificate, other) } == .otherDeployment)
        // A batch that the operator makes up afterwards, with an entry of before.
        var randomness = SeededRandomness(seed: 42)
        let young = try AccountCertificate(
            of: AccountSecret(using: &randomness),
            genesis: batch.council.genesis,
            now: batch.council.time(),
            with: NativeCrypto.self
        )
        let late = try #require(AccountBatch<NativeCrypto>([young], using: &randomness))
        let index = UInt64(batch.council.log.entries.count - 1)
        let borrowed = try #require(
            late.receipt(
                at: 0,
                entry: batch.council.log.entries[Int(index)],
                proof: batch.council.log.proof(of: index, at: batch.logged)
            )
        )
        #expect(try refusal { _ = try age(borrowed, young, batch.council) } == .otherBatch)
        let unlogged = try LogEntry(
            .accounts,
            at: batch.council.time(),
            [(.document, late.document.text)]
        ).encoded
        let forged = try #require(
            late.receipt(at: 0, entry: unlogged, proof: batch.council.log.proof(of: index, at: batch.logged))
        )
        #expect(
            try refusal { _ = try age(forged, young, batch.council) } == .notLogged(.inclusion(.rootMismatch))
        )
        #expect(AccountBatch<NativeCrypto>([], using: &randomness) == nil)
    }

    /// A witness's signature too many may be spoiled: then the others say what they said.
    @Test("one bit of any byte flipped never makes an account older, or another's")
    func flipped() throws {
        let batch = try batch(of: 3)
        let text = batch.receipts[1].text
        for place in stride(from: 0, to: text.count, by: 7) {
            var changed = text
            changed[place] ^= 1 << UInt8(place % 8)
            guard let receipt = try? AccountReceipt(parsing: changed) else { continue }
            let changedAge = try? age(receipt, batch.certificates[1], batch.council)
            #expect(changedAge == nil || changedAge?.seconds == batch.logged, "byte \(place)")
            #expect(try refusal { _ = try age(receipt, batch.certificates[2], batch.council) } != nil)
        }
    }
}
