// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import Testing
import Transparency

@testable import Sealing

@Suite("A custodian's shares")
struct CustodianTests {
    @Test("each custodian's open, for the right key, record and deployment alone")
    func sound() throws {
        let vault = try Vault()
        for name in Vault.custodians { try vault.custodian(name).check() }
        let shares = vault.shares[0]
        #expect(try refusal { _ = try vault.custodian("dora", shares: shares) } == .otherKey)
        let other = try Vault(seed: 78)
        #expect(try refusal { _ = try vault.custodian("cleo", shares: other.shares[0]) } == .otherRecord)
        #expect(
            try refusal {
                _ = try Custodian<NativeCrypto>(
                    of: vault.record,
                    shares: shares,
                    keyPair: vault.keyPair("cleo"),
                    genesis: Story.hash("elsewhere")
                )
            } == .otherDeployment
        )
    }

    @Test("one bit of any byte flipped in a file of shares is noticed")
    func flipped() throws {
        let vault = try Vault()
        let text = vault.shares[1].text
        for place in text.indices {
            var changed = text
            changed[place] ^= 1 << UInt8(place % 8)
            guard let shares = try? SealedShares(parsing: changed) else { continue }
            let found = try refusal { try vault.custodian("dora", shares: shares).check() }
            #expect(found != nil, "byte \(place)")
        }
    }

    @Test("shares that a node has put in place of the owner's are named, whatever they are sealed to")
    func replaced() throws {
        let vault = try Vault()
        var randomness = vault.randomness
        let fields = vault.record.fields.map { $0.name }
        let garbage = try SealedShares(
            fields.map { ($0, Secret.random(32, using: &randomness)) },
            of: vault.id,
            place: 2,
            to: Council.name("dora"),
            key: vault.keyPair("dora").publicKey,
            using: &randomness,
            with: NativeCrypto.self
        )
        #expect(
            try refusal { try vault.custodian("dora", shares: garbage).check() }
                == .wrongShare(Council.name("dora"), fields[0])
        )
        let fewer = try SealedShares(
            [(fields[0], Secret.random(32, using: &randomness))],
            of: vault.id,
            place: 2,
            to: Council.name("dora"),
            key: vault.keyPair("dora").publicKey,
            using: &randomness,
            with: NativeCrypto.self
        )
        #expect(try refusal { _ = try vault.custodian("dora", shares: fewer) } == .otherFields)
    }

    // Rotation

    private func handOver(
        _ vault: Vault,
        from name: String,
        to successor: Signed<SeatKey>,
        beside present: [String]
    ) throws -> SealedShares {
        try vault.custodian(name).handOver(
            to: successor,
            beside: present.map { try Council.name($0) },
            under: vault.inForce(),
            now: vault.council.time(),
            using: &vault.randomness
        )
    }

    @Test("a successor gets the same shares, sealed, checks them, and releases them")
    func successor() throws {
        let vault = try Vault()
        let handed = try handOver(
            vault,
            from: "emil",
            to: vault.seatKey(Vault.spare),
            beside: ["cleo", "dora", "fay", "gus"]
        )
        #expect(handed.place == 3)
        #expect(handed.seat == (try Council.name(Vault.spare)))
        try vault.custodian(Vault.spare, shares: handed).check()
        #expect(try refusal { _ = try vault.custodian("emil", shares: handed) } == .otherKey)
        let permit = try vault.story().verify()
        var combiner = try vault.combiner(under: permit)
        for (name, shares) in [("cleo", nil), (Vault.spare, handed), ("gus", nil)] as [(String, SealedShares?)] {
            let released = try vault.release(name, under: permit, shares: shares)
            try combiner.add(released, signed: vault.sign(released), now: vault.council.time())
        }
        #expect(Vault.text(try combiner.open()) == ["contact": "ada@example.net"])
    }

    @Test("a custodian moves to a new key of its own")
    func ownKey() throws {
        let vault = try Vault()
        let fresh = try HPKE<NativeCrypto>(SealedShare.suite).generateKeyPair(using: &vault.randomness)
        let signed = try vault.seatKey("emil", key: fresh.publicKey)
        let moved = try handOver(vault, from: "emil", to: signed, beside: ["cleo", "dora", "fay", "gus"])
        try Custodian<NativeCrypto>(
            of: vault.record,
            shares: moved,
            keyPair: fresh,
            genesis: vault.council.genesis
        ).check()
    }

    @Test("nobody hands over to who isn't a custodian, has a share, or would let one country have three")
    func notTo() throws {
        let vault = try Vault()
        let four = ["cleo", "dora", "fay", "gus"]
        let counsel = try vault.seatKey("alice", key: vault.recipient.publicKey)
        #expect(
            try refusal { _ = try handOver(vault, from: "emil", to: counsel, beside: four) }
                == .custodian(.noCustodian(Council.name("alice")))
        )
        #expect(
            try refusal { _ = try handOver(vault, from: "emil", to: vault.seatKey("cleo"), beside: four) }
                == .custodian(.twice(Council.name("cleo")))
        )
        #expect(
            try refusal {
                _ = try handOver(
                    vault,
                    from: "emil",
                    to: vault.seatKey(Vault.spare, signedBy: "emil"),
                    beside: four
                )
            } == .custodian(.assertion(Council.name(Vault.spare), .otherSeatsCredential(Council.name("emil"))))
        )
        var people = Vault.people
        for (name, organisation) in [("dora", "vault-2"), ("hana", "vault-6"), ("gus", "vault-5")] {
            guard let index = people.firstIndex(where: { $0.name == name }) else { continue }
            people[index] = .init(name, .custodian, organisation, people[index].countries + ["KR"])
        }
        for index in people.indices where people[index].name == "hana" {
            people[index] = .init("hana", .custodian, "vault-6", ["KR"])
        }
        let close = try Vault(people: people)
        #expect(
            try refusal { _ = try handOver(close, from: "emil", to: close.seatKey(Vault.spare), beside: four) }
                == .custodian(.oneCountry(try #require(Country("KR"))))
        )
        #expect(
            try refusal { _ = try handOver(vault, from: "emil", to: vault.seatKey(Vault.spare), beside: ["cleo"]) }
                == .custodian(.notFive)
        )
    }

    @Test("what is over isn't handed on")
    func over() throws {
        let vault = try Vault()
        vault.council.now += SealedRecord.longestRetention
        #expect(
            try refusal {
                _ = try handOver(
                    vault,
                    from: "emil",
                    to: vault.seatKey(Vault.spare),
                    beside: ["cleo", "dora", "fay", "gus"]
                )
            } == .expired
        )
    }
}
