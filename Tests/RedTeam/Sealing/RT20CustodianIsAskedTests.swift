// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import Testing
import Transparency

@testable import Sealing

/// A colleague who holds a share is asked nicely, or with an order that is for something else.
@Suite("RT-20: a custodian is asked for a share")
struct RT20CustodianIsAskedTests {
    @Test("with an order about another record, or another person's record")
    func anothers() throws {
        let vault = try Vault()
        let other = try vault.story(seed: 5) { $0["record"] = Story.hash("another record").text }.verify()
        #expect(try refusal(of: vault, by: "cleo", under: other) == .otherRecord)
        let person = try vault.story(seed: 6) { $0["subject"] = Story.hash("somebody else").text }.verify()
        #expect(try refusal(of: vault, by: "cleo", under: person) == .otherSubject)
    }

    @Test("with another deployment's lawful order")
    func elsewhere() throws {
        let vault = try Vault()
        let other = try Council(
            people: Vault.people,
            edit: { $0.replacing("deployment meet.example", with: "deployment other.example") }
        )
        let permit = try vault.story(council: other).verify()
        #expect(try refusal(of: vault, by: "cleo", under: permit) == .otherDeployment)
    }

    @Test("with a bundle that the verifier refuses there is no permit, and without one there is no way to ask")
    func noPermit() throws {
        let vault = try Vault()
        let story = try vault.story()
        let halt = try vault.council.stop("ada", .halt(story.nonceHash()))
        #expect(throws: PermitRefusal.self) { try story.verify(stops: [halt]) }
        try story.log(.executed, [(.order, story.orderHash.text)])
        #expect(throws: PermitRefusal.executedAlready) { try story.verify() }
    }

    @Test("who was a custodian, and is none in the charter now, has no say")
    func former() throws {
        let vault = try Vault()
        vault.council.now += 8 * 86_400
        try vault.council.amend { text in
            text.split(separator: "\n", omittingEmptySubsequences: false)
                .filter { !$0.hasPrefix("seat emil ") && !$0.hasPrefix("credential emil ") }
                .joined(separator: "\n")
                .replacing(" emil", with: "")
        }
        vault.council.now += 15 * 86_400
        vault.council.forgetMarks()
        try vault.council.mark()
        vault.council.now += 60
        let permit = try vault.story().verify()
        #expect(
            try refusal(of: vault, by: "emil", under: permit) == .custodian(.noCustodian(Council.name("emil")))
        )
        #expect(try vault.open(["cleo", "dora", "gus"], under: permit) == ["contact": "ada@example.net"])
    }
}
