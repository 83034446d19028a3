// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("Who is enough")
struct QuorumTests {
    /// The bundle with the approvals of these seats alone.
    private func bundle(_ story: Story, only names: [String]) throws -> OrderBundle {
        var bundle = try story.bundle()
        bundle.approvals = bundle.approvals.filter { text in
            names.contains { name in String(decoding: text, as: UTF8.self).contains("\nseat \(name)\n") }
        }
        return bundle
    }

    @Test(
        "every set of approvals that lacks one is refused",
        arguments: [Action.disclose, .discloseEmergency, .eject, .suspend]
    )
    func subsets(_ action: Action) throws {
        let story = try Story.complete(action)
        let all = Story.approvers(of: action)
        #expect(throws: Never.self) { try story.verify(bundle(story, only: all)) }
        for mask in 0..<(1 << all.count) - 1 {
            let some = all.enumerated().filter { mask & 1 << $0.offset != 0 }.map { $0.element }
            let refusal: PermitRefusal =
                some.contains("alice") ? .quorumMissed : .jurisdictionNotAttested(try Council.name("alice"))
            #expect(throws: refusal, "\(some)") { try story.verify(bundle(story, only: some)) }
        }
    }

    @Test("every set of approvals for the end of a meeting that lacks one is refused")
    func endMeeting() throws {
        let story = try Story.complete(.endMeeting)
        let all = Story.approvers(of: .endMeeting)
        for mask in 0..<(1 << all.count) - 1 {
            let some = all.enumerated().filter { mask & 1 << $0.offset != 0 }.map { $0.element }
            let refusal: PermitRefusal =
                some.contains("alice") ? .quorumMissed : .jurisdictionNotAttested(try Council.name("alice"))
            #expect(throws: refusal) { try story.verify(bundle(story, only: some)) }
        }
    }

    @Test("enough people of one group don't stand in for another")
    func groups() throws {
        for names in [["alice", "bob", "carol", "eve"], ["alice", "frank", "grace"]] {
            let story = try Story.complete(.eject, by: names)
            #expect(throws: PermitRefusal.quorumMissed) { try story.verify() }
        }
    }

    @Test("the right number in too few countries")
    func countries() throws {
        let story = try Story.complete(.eject, by: ["alice", "ned", "frank"])
        #expect(throws: PermitRefusal.notDistinct) { try story.verify() }
    }

    @Test("the right number of too few organisations")
    func organisations() throws {
        let council = try Council(edit: {
            $0.replacing("distinct eject organisation 2", with: "distinct eject organisation 4")
        })
        let story = try Story.complete(.eject, council: council)
        #expect(throws: PermitRefusal.notDistinct) { try story.verify() }
    }

    private func expect(
        _ refusal: ApprovalRefusal,
        by names: [String],
        council: Council? = nil,
        _ location: SourceLocation = #_sourceLocation,
        _ edit: (inout OrderText) -> Void = { _ in }
    ) throws {
        let story = try Story.complete(.eject, council: council, by: names, edit: edit)
        #expect(throws: PermitRefusal.approval(refusal), sourceLocation: location) { try story.verify() }
    }

    @Test("who may not approve this order")
    func excluded() throws {
        let (dan, bob, ned, cora) = (
            try Council.name("dan"), try Council.name("bob"), try Council.name("ned"), try Council.name("cora")
        )
        // Nationality counts, not residence alone.
        try expect(.requesterJurisdiction(dan), by: ["alice", "dan", "frank"])
        try expect(.requesterJurisdiction(bob), by: ["alice", "bob", "frank"]) { $0["requester"] = "BE" }
        try expect(.evidenceSource(bob), by: ["alice", "bob", "frank"]) { $0["evidence-source"] = "bob" }
        try expect(.evidenceSource(ned), by: ["bob", "ned", "frank"]) {
            $0["evidence-source"] = "alice"
            $0["jurisdiction-seat"] = "bob"
        }
        let story = Story(try Council())
        var text = try story.draft(.eject)
        text["jurisdiction-seat"] = "bob"
        text["proposer"] = "alice"
        for names in [["bob", "alice", "frank"], ["bob", "ned", "frank"]] {
            let story = try proposed(by: "alice", approvedBy: names)
            #expect(throws: PermitRefusal.approval(.proposer(try Council.name(names[1])))) { try story.verify() }
        }
        // Roles: what the log would refuse as well.
        let clerk = Story(try Council())
        clerk.hold(try clerk.draft(.eject))
        for name in ["cora", "alice"] {
            let statement = try clerk.statement(name)
            clerk.keep(try clerk.council.passkey(name).sign(statement))
            let second = try clerk.statement(name, confirming: Story.hash("leaf"))
            clerk.keep(try clerk.council.passkey(name).sign(second))
        }
        #expect(throws: PermitRefusal.approval(.wrongRole(cora))) { try clerk.verify() }
        let smaller = try Council(edit: {
            $0.replacing(
                "group counsel-two 2 alice bob carol dan eve ned",
                with: "group counsel-two 2 alice bob carol dan eve"
            )
        })
        try expect(.notInQuorum(ned), by: ["alice", "ned", "bob", "frank"], council: smaller)
    }

    /// An ejection that somebody else than a clerk proposes.
    private func proposed(by proposer: String, approvedBy names: [String]) throws -> Story {
        let story = Story(try Council())
        try story.open()
        try story.council.mark()
        story.wait(60)
        var text = try story.draft(.eject)
        text["proposer"] = proposer
        text["jurisdiction-seat"] = "bob"
        try story.propose(text, by: proposer)
        story.wait(60)
        try story.council.mark()
        try story.intendAll(names)
        try story.confirmAll(names)
        try story.approve()
        story.wait(60)
        try story.council.mark()
        try story.ripen(.eject)
        return story
    }

    @Test("who may propose")
    func proposers() throws {
        for (name, refusal) in [
            ("lee", PermitRefusal.proposerMayNotPropose), ("ada", .proposerMayNotPropose), ("zoe", .unknownProposer),
        ] {
            let story = try Story.complete(.eject) { $0["proposer"] = name }
            #expect(throws: refusal) { try story.verify() }
        }
        let story = try Story.complete(.eject) { $0["evidence-source"] = "zoe" }
        #expect(throws: PermitRefusal.unknownSource) { try story.verify() }
        #expect(throws: Never.self) { try proposed(by: "carol", approvedBy: ["alice", "bob", "frank"]).verify() }
    }

    @Test("jurisdiction is attested by who approves, of another country")
    func attested() throws {
        let carol = try Council.name("carol")
        let story = try Story.complete(.eject) { $0["jurisdiction-seat"] = "carol" }
        #expect(throws: PermitRefusal.jurisdictionNotAttested(carol)) { try story.verify() }
        try expect(.requesterJurisdiction(try Council.name("dan")), by: ["alice", "dan", "frank"]) {
            $0["jurisdiction-seat"] = "dan"
        }
    }

    @Test("what the charter limits beyond the code")
    func limits() throws {
        func refusal(_ action: Action, _ part: String, _ other: String, _ edit: (inout OrderText) -> Void = { _ in })
            throws -> PermitRefusal?
        {
            let council = try Council(edit: { $0.replacing(part, with: other) })
            let story = try Story.complete(action, council: council, edit: edit)
            do { _ = try story.verify() } catch let refusal as PermitRefusal { return refusal }
            return nil
        }
        #expect(try refusal(.disclose, "effect disclose fields 8", "effect disclose fields 1") == .effectBeyondCharter)
        #expect(try refusal(.suspend, "effect suspend term 30d", "effect suspend term 11d") == .effectBeyondCharter)
        #expect(try refusal(.eject, "expiry eject 30d", "expiry eject 10d") == .expiryBeyondCharter)
        #expect(try refusal(.disclose, "", "") { $0["notice"] = "at-once" } == .noticeBeyondCharter)
        #expect(try refusal(.eject, "", "") { $0["notice"] = "before" } == .noticeBeyondCharter)
        let embargo = { (text: inout OrderText) in
            text["notice"] = "embargo"
            text.insert("embargo-until", "2027-01-01T00:00:00Z", after: "notice")
            text.insert("embargo-document", Story.hash("gag").text, after: "embargo-until")
        }
        #expect(try refusal(.eject, "", "", embargo) == .embargoBeyondCharter)
        #expect(
            try refusal(.disclose, "embargo disclose 366d", "embargo disclose 30d", embargo) == .embargoBeyondCharter
        )
        let council = try Council(template: .pair, people: TemplateTests.pair + [.init("cora", .clerk, "x", ["IE"])])
        let story = Story(council)
        story.hold(try story.draft(.endMeeting))
        #expect(throws: PermitRefusal.actionNotInCharter) { try story.verify() }
    }
}
