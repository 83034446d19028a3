// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import Testing

@testable import Sealing

/// Everything about an account was handed over, as a matter of routine.
@Suite("RT-23: more than was ordered")
struct RT23MoreThanWasOrderedTests {
    @Test("whoever received one field has the key of that field alone")
    func oneField() throws {
        let vault = try Vault()
        let permit = try vault.story(fields: ["contact"]).verify()
        #expect(try vault.open(Vault.custodians, under: permit) == ["contact": "ada@example.net"])
        let name = try Council.name("contact")
        let shares = try Vault.custodians.prefix(3).map { custodian in
            let released = try vault.release(custodian, under: permit)
            #expect(released.shares.count == 1)
            let info = ReleasedShares.info(permit.order, vault.id, released.place, released.seat, name)
            return (
                place: released.place,
                share: try released.shares[0].share.open(with: vault.recipient, info: info, crypto: NativeCrypto.self)
            )
        }
        let secret = try #require(SecretSharing.combine(shares))
        for field in vault.record.fields {
            let found = FieldSecret<NativeCrypto>(secret, vault.record.context(of: field.name))
            let own = FieldSecret<NativeCrypto>(secret, vault.record.context(of: name))
            if field.name == name {
                #expect(try found.open(field.ciphertext) == Array("ada@example.net".utf8))
            } else {
                #expect(throws: CryptoRefusal.authenticationFailed) { try found.open(field.ciphertext) }
                #expect(throws: CryptoRefusal.authenticationFailed) { try own.open(field.ciphertext) }
            }
        }
    }

    @Test("a field that the order doesn't name can't be added to a release")
    func added() throws {
        let vault = try Vault()
        let permit = try vault.story(fields: ["contact"]).verify()
        var combiner = try vault.combiner(under: permit)
        let fields = try ["contact", "phone"].map { try Council.name($0) }
        let more = try ReleasedShares(
            fields.map { ($0, Secret.random(32, using: &vault.randomness)) },
            of: vault.id,
            place: 1,
            from: Council.name("cleo"),
            under: permit.order,
            to: vault.recipient.publicKey,
            using: &vault.randomness,
            with: NativeCrypto.self
        )
        let signed = try vault.sign(more)
        #expect(throws: ReleaseRefusal.releaseOfAnother(try Council.name("cleo"))) {
            try combiner.add(more, signed: signed, now: vault.council.time())
        }
    }
}
