// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("Charters to begin with")
struct TemplateTests {
    static let pair: [Council.Person] = [
        .init("a-officer", .counsel, "operator-a", ["NL"]), .init("b-officer", .counsel, "operator-b", ["CA"]),
        .init("clerk", .clerk, "registry", ["IE"]), .init("kim", .keeper, "operator-a", ["NL"]),
        .init("kofi", .keeper, "operator-b", ["CA"]),
    ]

    @Test("solo: nothing can be ordered, and nobody can change that")
    func solo() throws {
        let council = try Council(template: .solo, people: [])
        let charter = try council.charter()
        for action in Action.allCases {
            #expect(charter.rule(for: action) == nil)
            #expect(
                charter.explain(action) == [
                    "Nobody can do this under this charter: it has no quorum for \(action.text)."
                ]
            )
        }
    }

    @Test("pair: both operators or nothing")
    func pair() throws {
        let charter = try Council(template: .pair, people: TemplateTests.pair).charter()
        let rule = try #require(charter.rule(for: .disclose))
        let (a, b) = (try Council.name("a-officer"), try Council.name("b-officer"))
        #expect(charter.isSatisfied(rule, by: [a, b]))
        #expect(!charter.isSatisfied(rule, by: [a]) && !charter.isSatisfied(rule, by: [b]))
        #expect(charter.rule(for: .endMeeting) == nil)
        let halt = try #require(charter.rule(for: .halt))
        #expect(charter.isSatisfied(halt, by: [a]))
    }

    @Test("a pair of two seats in one organisation isn't one")
    func falsePair() throws {
        var people = TemplateTests.pair
        people[1] = .init("b-officer", .counsel, "operator-a", ["CA"])
        #expect(throws: CharterRefusal.self) { try Council(template: .pair, people: people).charter() }
        let text = CharterTemplate.pair.text(
            deployment: try Council.name("x"),
            issued: try #require(EntryTime(seconds: 1)),
            logPolicy: Story.hash("policy")
        )
        #expect(throws: CharterRefusal.self) { try Charter(parsing: text, with: NativeCrypto.self) }
    }

    @Test("explain says who, how fast, and who stops it")
    func explain() throws {
        let lines = try Council().charter().explain(.disclose)
        #expect(
            lines[0] == "disclose: at most 8 listed fields of one sealed record go to the key that the order names."
        )
        #expect(
            lines[1]
                == "It takes all of (3 of (alice, bob, carol, dan, eve, ned), 1 of (frank, grace))."
        )
        #expect(lines.contains("They must live in at least 3 different countries."))
        #expect(lines.contains("After the last approval it waits 72 hours, by the witnesses' clocks."))
        #expect(lines.contains("The person is told at least 24 hours before."))
        #expect(lines.contains { $0.hasPrefix("It can be stopped at any time by 1 of (1 of (ada, abel), 2 of (") })
        let emergency = try Council().charter().explain(.discloseEmergency)
        #expect(emergency.contains("It is void unless the quorum of disclose ratifies it in 48 hours."))
        #expect(try Council().charter().explain(.halt).last == "It works at once, wherever it is seen.")
        for action in Action.allCases { #expect(try !Council().charter().explain(action).isEmpty) }
    }

    @Test("diff says what changes, and nothing if nothing does")
    func diff() throws {
        let council = try Council()
        let old = try council.charter()
        #expect(old.changes(to: old) == [])
        let text = council.charterText.replacing("timelock eject 1h", with: "timelock eject 2h")
            .replacing("firm-b BE", with: "firm-b FR")
        let new = try Charter(parsing: Array(text.utf8), with: NativeCrypto.self)
        #expect(
            old.changes(to: new) == [
                "Seat bob: was counsel, firm-b, BE, is counsel, firm-b, FR.", "eject:",
                "  - After the last approval it waits 1 hour, by the witnesses' clocks.",
                "  + After the last approval it waits 2 hours, by the witnesses' clocks.",
            ]
        )
        let solo = try Council(template: .solo, people: []).charter()
        let lines = old.changes(to: solo)
        #expect(
            lines.contains("Seat alice (counsel, firm-a) is gone.") && lines.contains("disclose is no longer possible.")
        )
        #expect(solo.changes(to: old).contains("disclose becomes possible:"))
    }
}
