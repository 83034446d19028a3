// SPDX-License-Identifier: Apache-2.0

import Accounts
import Base
import Governance
import GovernanceSupport
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("Texts that an account signs")
struct AccountTextTests {
    let secret: AccountSecret
    let now: EntryTime

    init() throws {
        var randomness = SeededRandomness(seed: 21)
        secret = AccountSecret(using: &randomness)
        now = try #require(EntryTime(seconds: Council.beginning + 12_345))
    }

    private func certificate() throws -> AccountCertificate {
        try AccountCertificate(of: secret, genesis: Story.hash("genesis"), now: now, with: NativeCrypto.self)
    }

    private func deletion(of record: DocumentHash?) throws -> DeletionRequest {
        try DeletionRequest(
            of: record,
            by: secret,
            genesis: Story.hash("genesis"),
            now: now,
            with: NativeCrypto.self
        )
    }

    @Test("a certificate says the day, not the moment")
    func certificates() throws {
        let certificate = try certificate()
        #expect(certificate.made.seconds == now.seconds / 86_400 * 86_400)
        #expect(try AccountCertificate(parsing: certificate.text, with: NativeCrypto.self) == certificate)
        let text = String(decoding: certificate.text, as: UTF8.self)
        #expect(text.split(separator: "\n").count == 5)
        let later = text.replacing("T00:00:00Z", with: "T00:00:01Z")
        #expect(throws: AccountRefusal.malformed) {
            try AccountCertificate(parsing: Array(later.utf8), with: NativeCrypto.self)
        }
        let long = Array((text + String(repeating: "x", count: AccountCertificate.longest)).utf8)
        #expect(throws: AccountRefusal.tooLong) { try AccountCertificate(parsing: long, with: NativeCrypto.self) }
        #expect(throws: AccountRefusal.malformed) {
            try AccountCertificate(parsing: Array((text + "more x\n").utf8), with: NativeCrypto.self)
        }
    }

    @Test("deletion is the person's word alone, and doesn't keep")
    func deletions() throws {
        for record in [nil, Story.hash("record")] as [DocumentHash?] {
            let request = try deletion(of: record)
            #expect(try DeletionRequest(parsing: request.text, with: NativeCrypto.self) == request)
            #expect(request.isFresh(now: try #require(EntryTime(seconds: now.seconds + 600))))
            #expect(request.isFresh(now: try #require(EntryTime(seconds: now.seconds - 600))))
            #expect(!request.isFresh(now: try #require(EntryTime(seconds: now.seconds + 601))))
            #expect(!request.isFresh(now: try #require(EntryTime(seconds: now.seconds - 601))))
        }
        let text = String(decoding: try deletion(of: nil).text, as: UTF8.self)
        let wider = text.replacing("record none", with: "record \(Story.hash("record").text)")
        #expect(throws: AccountRefusal.wrongSignature) {
            try DeletionRequest(parsing: Array(wider.utf8), with: NativeCrypto.self)
        }
    }

    @Test("one bit of any byte flipped, and nothing is signed")
    func flipped() throws {
        let texts = [try certificate().text, try deletion(of: nil).text, try deletion(of: Story.hash("record")).text]
        for (kind, text) in texts.enumerated() {
            for place in text.indices {
                for bit in 0..<8 {
                    var changed = text
                    changed[place] ^= 1 << UInt8(bit)
                    #expect(throws: AccountRefusal.self) {
                        if kind == 0 {
                            _ = try AccountCertificate(parsing: changed, with: NativeCrypto.self)
                        } else {
                            _ = try DeletionRequest(parsing: changed, with: NativeCrypto.self)
                        }
                    }
                }
            }
        }
    }
}
