// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("What a deployment's promise is worth")
struct AssuranceTests {
    private let council: Council
    private let policy: TrustPolicy

    init() throws {
        council = try Council()
        policy = try TrustPolicy(parsing: council.policy, with: NativeCrypto.self)
    }

    /// The keys of these seats, with what is known of them from elsewhere.
    private func known(_ people: [Council.Person], witnesses: [String] = []) throws -> KnownKeys {
        var known = KnownKeys()
        for person in people {
            for key in council.passkeys[person.name] ?? [] {
                known.seats.append(
                    .init(
                        publicKey: key.publicKey,
                        organisation: try Council.name(person.organisation),
                        home: try #require(Country(person.countries[0]))
                    )
                )
            }
        }
        for (key, organisation) in zip(council.log.witnessKeys, witnesses) {
            known.witnesses.append(.init(publicKey: key, organisation: try Council.name(organisation)))
        }
        return known
    }

    private static let six = ["w-a", "w-b", "w-c", "w-d", "w-e", "w-f"]

    @Test("level 0: nothing is known from elsewhere, whatever the charter says")
    func claimed() throws {
        let assurance = Assurance(of: try council.charter(), logPolicy: policy, known: KnownKeys())
        #expect(assurance.level == .oneOperator)
        #expect(assurance.reasons.contains(.oneOrganisationCan(.disclose)))
        #expect(assurance.reasons.contains(.unknownWitnesses))
        for reason in assurance.reasons { #expect(!reason.text.isEmpty) }
    }

    @Test("level 0: a charter without seats, a log without witnesses")
    func solo() throws {
        let solo = try Council(template: .solo, people: [])
        let assurance = Assurance(of: try solo.charter(), logPolicy: policy, known: KnownKeys())
        #expect(assurance.level == .oneOperator && assurance.reasons == [.noSeats])
        let bare = try TrustPolicy(parsing: council.log.policyText(quorum: 0), with: NativeCrypto.self)
        let known = try known(Council.people, witnesses: AssuranceTests.six)
        #expect(Assurance(of: try council.charter(), logPolicy: bare, known: known).reasons == [.noWitnesses])
    }

    @Test("level 1: no organisation alone, but two countries")
    func two() throws {
        // Counsel of one organisation, externals of another, all in two countries as the client knows them.
        let people = Council.people.map { person in
            let isExternal = person.role == .external || person.name == "kofi"
            return Council.Person(person.name, person.role, isExternal ? "org-b" : "org-a", [isExternal ? "FR" : "DE"])
        }
        let assurance = Assurance(
            of: try Council(edit: {
                $0.replacing("jurisdiction 3", with: "jurisdiction 2").replacing(
                    "jurisdiction 4",
                    with: "jurisdiction 2"
                )
            })
            .charter(),
            logPolicy: policy,
            known: try known(people, witnesses: AssuranceTests.six)
        )
        #expect(assurance.level == .twoOperators)
        #expect(assurance.reasons.contains(.twoJurisdictionsCan(.disclose)))
    }

    @Test("level 2: three countries, outside seats and witnesses; level 3 with mirrors and an independent client")
    func three() throws {
        var known = try known(Council.people, witnesses: AssuranceTests.six)
        let charter = try council.charter()
        var assurance = Assurance(of: charter, logPolicy: policy, known: known)
        #expect(assurance.level == .threeJurisdictions && assurance.reasons == [.noMirrors, .clientFromNode])
        known.mirrors = 2
        known.clientIsIndependent = true
        assurance = Assurance(of: charter, logPolicy: policy, known: known)
        #expect(assurance.level == .independentClient && assurance.reasons == [])
    }

    @Test("witnesses of one organisation, or too few that are known")
    func witnesses() throws {
        let charter = try council.charter()
        let one = try known(Council.people, witnesses: [String](repeating: "w-a", count: 7))
        #expect(Assurance(of: charter, logPolicy: policy, known: one).reasons == [.oneOrganisationWitnesses])
        let few = try known(Council.people, witnesses: ["w-a", "w-b"])
        #expect(Assurance(of: charter, logPolicy: policy, known: few).reasons == [.unknownWitnesses])
    }

    @Test("a seat of which one passkey is unknown is unknown")
    func halfKnown() throws {
        var known = try known(Council.people, witnesses: AssuranceTests.six)
        let charter = try council.charter()
        for name in ["alice", "bob", "carol", "frank"] {
            let key = try council.passkey(name).publicKey
            known.seats.removeAll { $0.publicKey == key }
        }
        let assurance = Assurance(of: charter, logPolicy: policy, known: known)
        #expect(assurance.level == .oneOperator && assurance.reasons.contains(.oneOrganisationCan(.disclose)))
    }
}
