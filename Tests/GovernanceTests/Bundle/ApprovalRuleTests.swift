// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("Approvals in a bundle")
struct ApprovalRuleTests {
    private static func name(_ text: String) throws -> Name { try Council.name(text) }

    /// An ejection of which one step is told by the test.
    private func story(
        _ action: Action = .eject,
        edit: (inout OrderText) -> Void = { _ in },
        approvals: (Story) throws -> Void
    ) throws -> Story {
        let story = Story(try Council())
        try story.open()
        try story.council.mark()
        story.wait(60)
        var text = try story.draft(action)
        edit(&text)
        try story.propose(text)
        story.wait(60)
        try story.council.mark()
        try approvals(story)
        story.wait(60)
        try story.council.mark()
        try story.ripen(action)
        return story
    }

    private func lawful(_ story: Story) throws {
        try story.intendAll(["alice", "bob", "frank"])
        try story.confirmAll(["alice", "bob", "frank"])
        try story.approve()
    }

    private func expect(
        _ refusal: ApprovalRefusal,
        _ story: Story,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: PermitRefusal.approval(refusal), sourceLocation: location) { try story.verify() }
    }

    @Test("what isn't an approval of this order, under this charter")
    func others() throws {
        let alice = try ApprovalRuleTests.name("alice")
        let story = try Story.complete(.eject)
        let approvals = story.approvals
        func with(_ change: ([[UInt8]]) throws -> [[UInt8]]) throws -> PermitRefusal? {
            var bundle = try story.bundle()
            bundle.approvals = try change(approvals)
            do { _ = try story.verify(bundle) } catch let refusal as PermitRefusal { return refusal }
            return nil
        }
        func signed(_ order: DocumentHash? = nil, _ charter: DocumentHash? = nil, _ decision: Decision = .approve)
            throws -> [UInt8]
        {
            try story.council.passkey("alice").sign(
                Approval(
                    order: order ?? story.orderHash,
                    charter: charter ?? story.council.charterHash,
                    seat: alice,
                    decision: decision,
                    reason: Story.hash("x")
                )
            ).text
        }
        #expect(try with { $0 + [[1]] } == .approval(.malformed(6, .wrongHeader)))
        #expect(try with { [try signed(Story.hash("x"))] + $0.dropFirst() } == .approval(.otherOrder(alice)))
        #expect(try with { [try signed(nil, Story.hash("x"))] + $0.dropFirst() } == .approval(.otherCharter(alice)))
        for decision in [Decision.refuse, .narrow] {
            #expect(try with { [try signed(nil, nil, decision)] + $0.dropFirst() } == .approval(.notAnApproval(alice)))
        }
        #expect(try with { $0 + [$0[0]] } == .approval(.seatTwice(alice)))
        #expect(try with { Array($0.dropFirst()) } == .approval(.halfAnApproval(alice)))
        #expect(try with { Array($0.prefix(3)) } == .approval(.halfAnApproval(alice)))
        let forged = String(decoding: approvals[1], as: UTF8.self).replacing("seat bob", with: "seat alice")
        #expect(
            try with { [Array(forged.utf8)] + $0.dropFirst() }
                == .approval(.assertion(alice, .otherSeatsCredential(try ApprovalRuleTests.name("bob"))))
        )
        // Another signature over the same words: right, but not the one that was logged.
        #expect(try with { [try signed()] + $0.dropFirst() } == .approval(.notLogged(alice, .intend)))
        let again = try Signed<Approval>(parsing: approvals[0])
        let second = try story.council.passkey("alice").sign(again.statement).text
        #expect(try with { [second] + $0.dropFirst() } == .approval(.notLogged(alice, .intend)))
    }

    @Test("what isn't an order, or one under another charter")
    func orders() throws {
        let story = try Story.complete(.eject)
        var bundle = try story.bundle()
        bundle.order = []
        #expect(throws: PermitRefusal.order(.wrongHeader)) { try story.verify(bundle) }
        var text = OrderText(story.order)
        text["charter"] = Story.hash("x").text
        bundle.order = text.bytes
        #expect(throws: PermitRefusal.otherCharter) { try story.verify(bundle) }
    }

    @Test("an approval that the log doesn't have")
    func unlogged() throws {
        let alice = try ApprovalRuleTests.name("alice")
        let first = try story { story in
            story.keep(try story.council.passkey("alice").sign(try story.statement("alice")))
            try story.intendAll(["bob", "frank"])
            story.keep(
                try story.council.passkey("alice").sign(try story.statement("alice", confirming: Story.hash("leaf")))
            )
            try story.confirmAll(["bob", "frank"])
            try story.approve()
        }
        expect(.notLogged(alice, .intend), first)
        let second = try story { story in
            try story.intendAll(["alice", "bob", "frank"])
            let leaf = story.council.log.leaf(try #require(story.intends["alice"]))
            story.keep(try story.council.passkey("alice").sign(try story.statement("alice", confirming: leaf)))
            try story.confirmAll(["bob", "frank"])
            try story.approve()
        }
        expect(.notLogged(alice, .confirm), second)
    }

    @Test("a log entry in the officer's name without the officer's signature counts for nothing")
    func entryWithoutAssertion() throws {
        let story = try story { story in
            try story.log(
                .approval,
                [(.actor, "alice"), (.order, story.orderHash.text), (.stage, "intend"), (.decision, "approve")]
            )
            story.keep(try story.council.passkey("alice").sign(try story.statement("alice")))
            try story.intendAll(["bob", "frank"])
            let signed = try story.council.passkey("alice").sign(
                try story.statement("alice", confirming: Story.hash("leaf"))
            )
            try story.add(signed)
            try story.confirmAll(["bob", "frank"])
            try story.approve()
        }
        expect(.notLogged(try ApprovalRuleTests.name("alice"), .intend), story)
    }

    @Test("confirm builds on the logged intend")
    func confirmsAnother() throws {
        let alice = try ApprovalRuleTests.name("alice")
        let story = try story { story in
            try story.intendAll(["alice", "bob", "frank"])
            let leaf = story.council.log.leaf(try #require(story.intends["bob"]))
            try story.add(story.council.passkey("alice").sign(story.statement("alice", confirming: leaf)))
            try story.confirmAll(["bob", "frank"])
            try story.approve()
        }
        expect(.confirmsAnother(alice), story)
    }

    @Test("thirty minutes between the two, by witnesses' clocks; five in an emergency")
    func tooQuick() throws {
        func quick(_ action: Action, _ minutes: UInt64, _ council: (Council) -> Void = { _ in }) throws -> Story {
            try story(action) { story in
                for name in ["alice", "bob", "frank"] { try story.intend(name) }
                try story.council.mark()
                story.wait(minutes: minutes)
                council(story.council)
                try story.council.mark()
                try story.confirmAll(["alice", "bob", "frank"])
                try story.approve()
            }
        }
        let alice = try ApprovalRuleTests.name("alice")
        expect(.tooQuick(alice), try quick(.eject, 29))
        #expect(throws: Never.self) { try quick(.eject, 30).verify() }
        expect(.tooQuick(alice), try quick(.discloseEmergency, 4))
        #expect(throws: Never.self) { try quick(.discloseEmergency, 5).verify() }
        // No checkpoint shows that the second wasn't logged with the first.
        let unseen = try story { story in
            try self.lawful(story)
        }
        var bundle = try unseen.bundle()
        let middle = bundle.checkpoints.firstIndex { checkpoint in
            (try? SignedCheckpoint(parsing: checkpoint).checkpoint.head.size) == unseen.intends["frank"].map { $0 + 1 }
        }
        bundle.checkpoints.remove(at: try #require(middle) + 1)
        #expect(throws: PermitRefusal.approval(.tooQuick(alice))) { try unseen.verify(bundle) }
    }

    @Test("who changes their mind doesn't count any more")
    func withdrawn() throws {
        let bob = try ApprovalRuleTests.name("bob")
        let story = try story { story in
            try self.lawful(story)
            let refusal = try story.council.passkey("bob").sign(try story.statement("bob", .refuse))
            try story.add(refusal)
            story.replaceApprovals { $0.dropLast() }
        }
        expect(.withdrawn(bob), story)
    }

    @Test("before or after their term of office nobody approves")
    func outOfOffice() throws {
        let bob = try ApprovalRuleTests.name("bob")
        for change in ["2026-09-22T00:00:00Z -", "2026-09-01T00:00:00Z 2026-09-21T13:40:00Z"] {
            let council = try Council(edit: { text in
                let line = text.split(separator: "\n").first { $0.hasPrefix("seat bob") }.map(String.init) ?? ""
                let items = line.split(separator: " ")
                return text.replacing(line, with: items.dropLast(2).joined(separator: " ") + " " + change)
            })
            let story = try Story.complete(.eject, council: council)
            expect(.outOfOffice(bob), story)
        }
    }

    @Test("what is confirmed after `approved` doesn't count, unless it ratifies in time")
    func afterApproved() throws {
        let frank = try ApprovalRuleTests.name("frank")
        let late = try story { story in
            try story.intendAll(["alice", "bob", "frank"])
            try story.confirmAll(["alice", "bob"])
            try story.approve()
            try story.confirm("frank")
        }
        expect(.afterApproved(frank), late)
        let emergency = try story(.discloseEmergency) { story in
            try story.intendAll(["alice", "bob", "frank"])
            try story.confirmAll(["alice", "bob"])
            try story.approve()
            try story.confirm("frank")
        }
        #expect(throws: PermitRefusal.quorumMissed) { try emergency.verify() }
        let tooLate = try Story.complete(.discloseEmergency)
        try tooLate.intend("carol")
        tooLate.wait(60)
        try tooLate.council.mark()
        tooLate.wait(minutes: 60 * 49)
        try tooLate.council.mark()
        try tooLate.confirm("carol")
        tooLate.wait(60)
        try tooLate.council.mark()
        expect(.afterApproved(try ApprovalRuleTests.name("carol")), tooLate)
    }
}
