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

@Suite("Disclosure")
struct DisclosureTests {
    @Test("any three custodians' releases open the ordered fields, and only these; any two open nothing")
    func subsetsOfCustodians() throws {
        let vault = try Vault()
        let permit = try vault.story(fields: ["contact", "phone"]).verify()
        for names in subsets(of: Vault.custodians, size: 3) {
            #expect(
                try vault.open(names, under: permit) == ["contact": "ada@example.net", "phone": "+00 0000 000000"]
            )
        }
        for names in subsets(of: Vault.custodians, size: 2) {
            #expect(try refusal { _ = try vault.open(names, under: permit) } == .tooFew(2))
        }
        #expect(try vault.open(Vault.custodians, under: permit).count == 2)
    }

    @Test("in an emergency as well")
    func emergency() throws {
        let vault = try Vault()
        let permit = try vault.story(.discloseEmergency).verify()
        #expect(try vault.open(["fay", "cleo", "emil"], under: permit) == ["contact": "ada@example.net"])
    }

    @Test("what is released has no share of another field")
    func noOther() throws {
        let vault = try Vault()
        let permit = try vault.story(fields: ["phone"]).verify()
        for name in Vault.custodians {
            #expect(try vault.release(name, under: permit).shares.map { $0.field.text } == ["phone"])
        }
    }

    @Test("a bad share is named, the others go on without it")
    func named() throws {
        let vault = try Vault()
        let permit = try vault.story().verify()
        var combiner = try vault.combiner(under: permit)
        let now = try vault.council.time()
        let contact = try Council.name("contact")
        // Dora seals something else to the recipient, and signs it.
        let lie = try ReleasedShares(
            [(contact, Secret.random(32, using: &vault.randomness))],
            of: vault.id,
            place: 2,
            from: Council.name("dora"),
            under: permit.order,
            to: vault.recipient.publicKey,
            using: &vault.randomness,
            with: NativeCrypto.self
        )
        let signedLie = try vault.sign(lie)
        #expect(
            try refusal { try combiner.add(lie, signed: signedLie, now: now) }
                == .wrongShare(Council.name("dora"), contact)
        )
        for name in ["cleo", "emil", "gus"] {
            let released = try vault.release(name, under: permit)
            try combiner.add(released, signed: vault.sign(released), now: now)
        }
        #expect(combiner.seats == (try ["cleo", "emil", "gus"].map { try Council.name($0) }))
        #expect(Vault.text(try combiner.open()) == ["contact": "ada@example.net"])
    }

    @Test("one bit of any byte of a release flipped is noticed")
    func flipped() throws {
        let vault = try Vault()
        let permit = try vault.story().verify()
        let released = try vault.release("dora", under: permit)
        let signed = try vault.sign(released)
        let now = try vault.council.time()
        var combiner = try vault.combiner(under: permit)
        for place in released.text.indices {
            for bit in 0..<8 {
                var changed = released.text
                changed[place] ^= 1 << UInt8(bit)
                guard let other = try? ReleasedShares(parsing: changed) else { continue }
                #expect(try refusal { try combiner.add(other, signed: signed, now: now) } != nil)
                // Signed anew by the custodian's own passkey, so that only the shares' own checks are left.
                guard place % 4 == 0, let again = try? vault.sign(other) else { continue }
                #expect(try refusal { try combiner.add(other, signed: again, now: now) } != nil)
            }
        }
        #expect(combiner.seats.isEmpty)
        try combiner.add(released, signed: signed, now: now)
    }

    @Test("releases of another order, by another passkey, twice")
    func others() throws {
        let vault = try Vault()
        let permit = try vault.story(seed: 5).verify()
        let second = try vault.story(seed: 6).verify()
        let now = try vault.council.time()
        var combiner = try vault.combiner(under: second)
        let cleo = try Council.name("cleo")
        let old = try vault.release("cleo", under: permit)
        let signedOld = try vault.sign(old)
        #expect(try refusal { try combiner.add(old, signed: signedOld, now: now) } == .releaseOfAnother(cleo))
        let released = try vault.release("cleo", under: second)
        let byDora = try vault.sign(released, by: "dora")
        #expect(
            try refusal { try combiner.add(released, signed: byDora, now: now) }
                == .assertion(cleo, .otherSeatsCredential(Council.name("dora")))
        )
        #expect(try refusal { try combiner.add(released, signed: signedOld, now: now) } == .releaseOfAnother(cleo))
        let signed = try vault.sign(released)
        try combiner.add(released, signed: signed, now: now)
        #expect(try refusal { try combiner.add(released, signed: signed, now: now) } == .twice(cleo))
    }

    @Test("the recipient's key, and no other")
    func recipient() throws {
        let vault = try Vault()
        let permit = try vault.story().verify()
        #expect(
            try refusal {
                _ = try Combiner<NativeCrypto>(
                    vault.record,
                    under: permit,
                    salt: vault.salt,
                    keyPair: vault.keyPair("cleo"),
                    now: vault.council.time()
                )
            } == .otherKey
        )
    }

    /// RFC 7748 §6.1: with such a key everybody knows the shared secret.
    @Test("a recipient's key of low order gets nothing, a custodian's neither")
    func lowOrder() throws {
        let vault = try Vault()
        let zeros = String(repeating: "0", count: 64)
        let permit = try vault.story { $0["recipient-key"] = zeros }.verify()
        #expect(try refusal { _ = try vault.release("cleo", under: permit) } == .crypto(.invalidSharedSecret))
        let weak = try vault.seatKey(Vault.spare, key: [UInt8](repeating: 0, count: 32))
        #expect(
            try refusal {
                _ = try vault.custodian("emil").handOver(
                    to: weak,
                    beside: ["cleo", "dora", "fay", "gus"].map { try Council.name($0) },
                    under: vault.inForce(),
                    now: vault.council.time(),
                    using: &vault.randomness
                )
            } == .crypto(.invalidSharedSecret)
        )
    }

    @Test("a permit for something else, too late, of an expired record")
    func permits() throws {
        let vault = try Vault()
        let suspension = try vault.story(.suspend).verify()
        #expect(try refusal { _ = try vault.release("cleo", under: suspension) } == .notADisclosure)
        let unknown = try vault.story(fields: ["contact", "passport"], seed: 6).verify()
        #expect(
            try refusal { _ = try vault.release("cleo", under: unknown) } == .unknownField(Council.name("passport"))
        )
        let permit = try vault.story(seed: 7).verify()
        vault.council.now = permit.until.seconds
        #expect(try refusal { _ = try vault.release("cleo", under: permit) } == .permitExpired)
        let other = try Vault(seed: 5)
        other.council.now += SealedRecord.longestRetention - 80 * 3_600
        let late = try other.story().verify()
        other.council.now = other.record.until.seconds
        #expect(try refusal { _ = try other.release("cleo", under: late) } == .expired)
    }

    @Test("an owner who sealed nonsense is found out, and nothing opens")
    func inconsistent() throws {
        let vault = try Vault()
        let contact = try Council.name("contact")
        let context = FieldContext(genesis: vault.council.genesis, salt: vault.record.salt, field: contact)
        // Five shares with right hashes that lie on no polynomial.
        let shares = SecretSharing.places.map { _ in Secret.random(32, using: &vault.randomness) }
        let hashes = zip(SecretSharing.places, shares).map {
            FieldSecret<NativeCrypto>.hash(of: $1, place: $0, context)
        }
        let old = vault.record
        let field = old.fields[0]
        let record = SealedRecord(
            genesis: old.genesis,
            charter: old.charter,
            owner: old.owner,
            salt: old.salt,
            sealed: old.sealed,
            until: old.until,
            custodians: old.custodians,
            fields: [
                SealedField(
                    name: contact,
                    commitment: field.commitment,
                    ciphertext: field.ciphertext,
                    shareHashes: hashes
                )
            ],
            signature: []
        )
        let id = record.id(with: NativeCrypto.self)
        let permit = try vault.story { $0["record"] = id.text }.verify()
        let now = try vault.council.time()
        var combiner = try Combiner<NativeCrypto>(
            record,
            under: permit,
            salt: vault.salt,
            keyPair: vault.recipient,
            now: now
        )
        for (place, name) in zip(SecretSharing.places, Vault.custodians).prefix(3) {
            let released = try ReleasedShares(
                [(contact, shares[Int(place) - 1])],
                of: id,
                place: place,
                from: Council.name(name),
                under: permit.order,
                to: vault.recipient.publicKey,
                using: &vault.randomness,
                with: NativeCrypto.self
            )
            try combiner.add(released, signed: vault.sign(released), now: now)
        }
        #expect(try refusal { _ = try combiner.open() } == .inconsistentRecord(contact))
    }
}
