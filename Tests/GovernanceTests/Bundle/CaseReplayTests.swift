// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("The case in a bundle")
struct CaseReplayTests {
    private func expect(
        _ refusal: PermitRefusal,
        _ story: Story,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: refusal, sourceLocation: location) { try story.verify() }
    }

    @Test("an order that was never proposed, or otherwise than it says")
    func proposed() throws {
        let unproposed = Story(try Council())
        try unproposed.open()
        unproposed.hold(try unproposed.draft(.eject))
        for name in ["alice", "bob", "frank"] {
            unproposed.keep(try unproposed.council.passkey(name).sign(try unproposed.statement(name)))
            let confirm = try unproposed.statement(name, confirming: Story.hash("leaf"))
            unproposed.keep(try unproposed.council.passkey(name).sign(confirm))
        }
        expect(.notProposed, unproposed)

        for (clerk, action, charter) in [
            ("cyril", nil, nil), ("cora", "suspend", nil), ("cora", nil, Story.hash("x")),
        ] as [(String, String?, DocumentHash?)] {
            let story = Story(try Council())
            try story.open()
            try story.council.mark()
            story.wait(60)
            try story.propose(story.draft(.eject), by: clerk, as: action, under: charter)
            story.wait(60)
            try story.council.mark()
            try story.intendAll(["alice", "bob", "frank"])
            try story.confirmAll(["alice", "bob", "frank"])
            try story.approve()
            try story.ripen(.eject)
            expect(.proposedOtherwise, story)
        }
    }

    @Test("a newer proposal takes the place of an older one")
    func replaced() throws {
        let story = Story(try Council())
        try story.open()
        try story.council.mark()
        story.wait(60)
        let text = try story.draft(.eject)
        try story.propose(text)
        let first = story.order
        story.wait(60)
        try story.council.mark()
        try story.intendAll(["alice", "bob", "frank"])
        try story.log(.check, [(.actor, "cora"), (.outcome, "narrowed")])
        try story.log(.check, [(.actor, "cora"), (.outcome, "passed")])
        try story.confirmLater(["alice", "bob", "frank"])
        var second = text
        second["nonce"] = "ffeeddccbbaa99887766554433221100"
        try story.propose(second)
        var bundle = try story.bundle()
        bundle.order = first
        #expect(throws: PermitRefusal.notProposed) { try story.verify(bundle) }
    }

    @Test("drafted after it was proposed; proposed when it might have been executed already")
    func times() throws {
        let hours = { (story: Story, count: UInt64) in try story.council.time(Council.beginning + count * 3_600).text }
        let some = Story(try Council())
        let (two, three) = (try hours(some, 2), try hours(some, 3))
        expect(
            .draftedLater,
            try Story.complete(.eject) {
                $0["drafted"] = two
                $0["not-before"] = three
            }
        )
        expect(.proposedTooLate, try Story.complete(.eject) { $0["not-before"] = $0["drafted"] })
    }

    @Test("no state is skipped")
    func skipped() throws {
        let unnoticed = Story(try Council())
        try unnoticed.approve(.eject)
        unnoticed.wait(Story.lock(of: .eject))
        expect(.notExecutable(.timeLocked), unnoticed)
        let unapproved = Story(try Council())
        try unapproved.propose(.eject)
        try unapproved.intendAll(["alice", "bob", "frank"])
        try unapproved.confirmAll(["alice", "bob", "frank"])
        expect(.notExecutable(.approving), unapproved)
        let index = try unapproved.log(
            .notice,
            [(.order, unapproved.orderHash.text), (.receipt, Story.hash("x").text)]
        )
        expect(.caseRule(index, .outOfTurn(.approving)), unapproved)

        for step in 0..<4 {
            let story = Story(try Council())
            let fields: [(EntryField, String)] = [(.actor, "cora"), (.outcome, "passed")]
            var last: UInt64 = 0
            for (number, type) in [EntryType.contact, .check, .docket, .check, .proposed].enumerated()
            where number != step {
                let entries: [(EntryField, String)] =
                    switch type {
                    case .contact: [(.actor, "lee"), (.requester, "CN"), (.instrument, "warrant")]
                    case .docket: [(.actor, "cora"), (.requester, "CN"), (.instrument, "warrant")]
                    case .proposed:
                        [
                            (.actor, "cora"), (.action, "eject"), (.order, Story.hash("x").text),
                            (.charterHash, story.council.charterHash.text),
                        ]
                    default: fields
                    }
                last = try story.log(type, entries)
            }
            story.hold(try story.draft(.eject))
            for name in ["alice", "bob", "frank"] {
                story.keep(try story.council.passkey(name).sign(try story.statement(name)))
                let confirm = try story.statement(name, confirming: Story.hash("leaf"))
                story.keep(try story.council.passkey(name).sign(confirm))
            }
            do {
                _ = try story.verify()
                Issue.record("accepted without step \(step)")
            } catch PermitRefusal.caseRule(let index, .outOfTurn) {
                #expect(index <= last)
            }
        }
    }

    @Test("a liaison registers, and nothing else")
    func liaison() throws {
        let story = Story(try Council())
        try story.approve(.eject)
        let lee = try Council.name("lee")
        let before = (story.council.log.entries.count, story.last)
        _ = before
        let index = try story.log(
            .approval,
            [(.actor, "lee"), (.order, story.orderHash.text), (.stage, "intend"), (.decision, "approve")]
        )
        expect(.caseRule(index, .liaisonMayOnlyRegister(lee)), story)
        for (actor, rule) in [
            ("zoe", CaseRule.unknownSeat(try Council.name("zoe"))), ("ada", .wrongRole(try Council.name("ada"))),
        ] {
            let story = Story(try Council())
            try story.approve(.eject)
            let index = try story.log(
                .approval,
                [(.actor, actor), (.order, story.orderHash.text), (.stage, "intend"), (.decision, "approve")]
            )
            expect(.caseRule(index, rule), story)
        }
        let docketed = Story(try Council())
        try docketed.open(by: "lee", clerk: "lee")
        docketed.hold(try docketed.draft(.eject))
        for name in ["alice", "bob", "frank"] {
            docketed.keep(try docketed.council.passkey(name).sign(try docketed.statement(name)))
            let confirm = try docketed.statement(name, confirming: Story.hash("leaf"))
            docketed.keep(try docketed.council.passkey(name).sign(confirm))
        }
        expect(.caseRule(docketed.council.charterIndex + 2, .liaisonMayOnlyRegister(lee)), docketed)
    }

    @Test("entries of the case that can't be read, aren't known, or don't follow")
    func entries() throws {
        let unreadable = try Story.complete(.eject)
        let index = unreadable.council.log.append(Array("vigil-entry/v1\ncase \(unreadable.caseID.text)\n".utf8))
        expect(.unreadableEntry(index), unreadable)

        let unknown = try Story.complete(.eject)
        let head = try #require(unknown.last).text
        let tomorrow =
            "vigil-entry/v1\ntype veto\ntime 2026-09-23T00:00:00Z\ncase \(unknown.caseID.text)\nprev \(head)\n"
        expect(.unknownEntry(unknown.council.log.append(Array(tomorrow.utf8))), unknown)

        let broken = try Story.complete(.eject)
        let fork = try broken.log(.check, [(.actor, "cora"), (.outcome, "passed")], after: .some(Story.hash("x")))
        expect(.brokenCase(fork), broken)

        let twice = try Story.complete(.eject)
        let again = try twice.log(
            .contact,
            [(.actor, "lee"), (.requester, "CN"), (.instrument, "warrant")],
            after: .some(nil)
        )
        expect(.brokenCase(again), twice)
    }

    @Test("executed once, and closed is closed")
    func over() throws {
        let executed = try Story.complete(.eject)
        try executed.log(.executed, [(.order, executed.orderHash.text)])
        expect(.executedAlready, executed)
        let elsewhere = try Story.complete(.eject)
        let other = Story(elsewhere.council, seed: 99)
        try other.open()
        _ = try elsewhere.council.append(
            .executed,
            [
                (.caseID, other.caseID.text), (.previous, try #require(other.last).text),
                (.order, elsewhere.orderHash.text),
            ]
        )
        expect(.executedAlready, elsewhere)
        let closed = try Story.complete(.eject)
        try closed.log(.closed, [(.outcome, "withdrawn")])
        expect(.notExecutable(.closed), closed)
    }
}

extension Story {
    /// Signed and kept, not logged.
    fileprivate func confirmLater(_ names: [String]) throws {
        for name in names {
            guard let index = intends[name] else { continue }
            keep(try council.passkey(name).sign(statement(name, confirming: council.log.leaf(index))))
        }
    }
}
