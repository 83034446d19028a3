// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import Testing

@testable import Sealing

@Suite("Who a person seals for")
struct CustodiansTests {
    /// What choosing these custodians says.
    private func refusal(
        _ vault: Vault,
        _ keys: [Signed<SeatKey>],
        now: UInt64? = nil
    ) throws -> CustodianRefusal? {
        do {
            _ = try Custodians(keys, under: vault.inForce(), now: vault.council.time(now), with: NativeCrypto.self)
            return nil
        } catch let refusal as CustodianRefusal {
            return refusal
        }
    }

    /// What a deployment whose custodians are these says when a person would seal.
    private func refusal(_ edit: (inout [Council.Person]) -> Void) -> CustodianRefusal? {
        var people = Vault.people
        edit(&people)
        do {
            _ = try Vault(people: people)
            return nil
        } catch {
            return error as? CustodianRefusal
        }
    }

    private func replace(
        _ name: String,
        _ organisation: String,
        _ countries: [String],
        _ people: inout [Council.Person]
    ) {
        guard let index = people.firstIndex(where: { $0.name == name }) else { return }
        people[index] = .init(name, .custodian, organisation, countries)
    }

    @Test("five seats of the charter, each with the key that it signed")
    func five() throws {
        let vault = try Vault()
        let names = Vault.custodians
        let keys = try names.map { try vault.seatKey($0) }
        #expect(try refusal(vault, keys.reversed()) == nil)
        #expect(try refusal(vault, Array(keys.dropLast())) == .notFive)
        #expect(try refusal(vault, keys + [vault.seatKey(Vault.spare)]) == .notFive)
        #expect(try refusal(vault, Array(keys.dropLast()) + [keys[0]]) == .twice(Council.name("cleo")))
        let forged = try vault.seatKey("gus", signedBy: "hana")
        #expect(
            try refusal(vault, Array(keys.dropLast()) + [forged])
                == .assertion(Council.name("gus"), .otherSeatsCredential(Council.name("hana")))
        )
    }

    @Test("a node's own key in a custodian's place is refused")
    func nodesKey() throws {
        let vault = try Vault()
        let keys = try Vault.custodians.map { try vault.seatKey($0) }
        let own = try vault.seatKey("cleo", key: vault.recipient.publicKey).statement
        let swapped = Signed(own, keys[0].assertion)
        #expect(
            try refusal(vault, [swapped] + keys.dropFirst()) == .assertion(Council.name("cleo"), .wrongChallenge)
        )
    }

    @Test("other roles, other deployments")
    func others() throws {
        let vault = try Vault()
        let keys = try Vault.custodians.map { try vault.seatKey($0) }
        let four = Array(keys.dropFirst())
        #expect(
            try refusal(vault, four + [vault.seatKey("alice", key: vault.recipient.publicKey)])
                == .noCustodian(Council.name("alice"))
        )
        let elsewhere = try vault.seatKey("cleo", key: vault.recipient.publicKey, genesis: Story.hash("other"))
        #expect(try refusal(vault, four + [elsewhere]) == .otherDeployment(Council.name("cleo")))
    }

    @Test("in office, under a charter in effect")
    func terms() throws {
        let vault = try Vault()
        let keys = try Vault.custodians.map { try vault.seatKey($0) }
        #expect(try refusal(vault, keys, now: Council.beginning - 1) == .outOfOffice(Council.name("cleo")))
        #expect(try refusal(vault, keys, now: Council.beginning + 400 * 86_400) == .charterNotInEffect)
        #expect(try refusal(vault, keys, now: Council.beginning) == .charterNotInEffect)
    }

    @Test("no country and no organisation has a hold on three, and there are four countries")
    func spread() throws {
        #expect(refusal { _ in } == nil)
        #expect(refusal { replace("cleo", "vault-2", ["MT"], &$0) } == nil)
        #expect(
            refusal {
                replace("cleo", "vault-2", ["MT"], &$0)
                replace("emil", "vault-2", ["UY"], &$0)
            } == .oneOrganisation(try Council.name("vault-2"))
        )
        #expect(refusal { replace("cleo", "vault-1", ["CZ"], &$0) } == nil)
        #expect(
            refusal {
                replace("cleo", "vault-1", ["CZ"], &$0)
                replace("fay", "vault-4", ["UY"], &$0)
            } == .tooFewCountries
        )
        // Not only where they live: whoever has a hold on them counts.
        #expect(
            refusal {
                replace("cleo", "vault-1", ["MT", "CZ"], &$0)
                replace("gus", "vault-5", ["FJ", "CZ"], &$0)
            } == .oneCountry(try #require(Country("CZ")))
        )
    }
}
