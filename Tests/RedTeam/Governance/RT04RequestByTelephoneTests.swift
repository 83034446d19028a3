// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// Requests came by chat and telephone. What isn't docketed can't be ordered.
@Suite("RT-04: a request by telephone")
struct RT04RequestByTelephoneTests {
    @Test("approved by everybody, and never in the log")
    func unlogged() throws {
        let story = Story(try Council())
        story.hold(try story.draft(.eject))
        for name in Story.approvers(of: .eject) {
            story.keep(try story.council.passkey(name).sign(try story.statement(name)))
            story.keep(try story.council.passkey(name).sign(try story.statement(name, confirming: Story.hash("leaf"))))
        }
        #expect(try refusal(of: story) == .notProposed)
    }

    @Test("proposed without a docket, or without authentication", arguments: [EntryType.docket, .check])
    func undocketed(_ missing: EntryType) throws {
        let story = Story(try Council())
        try story.log(.contact, [(.actor, "lee"), (.requester, "CN"), (.instrument, "warrant")])
        if missing != .check { try story.log(.check, [(.actor, "cora"), (.outcome, "passed")]) }
        if missing != .docket {
            try story.log(.docket, [(.actor, "cora"), (.requester, "CN"), (.instrument, "warrant")])
        }
        try story.propose(story.draft(.eject))
        for name in Story.approvers(of: .eject) {
            story.keep(try story.council.passkey(name).sign(try story.statement(name)))
            story.keep(try story.council.passkey(name).sign(try story.statement(name, confirming: Story.hash("leaf"))))
        }
        let index = story.council.charterIndex + (missing == .docket ? 3 : 2)
        let state: CaseState = missing == .docket ? .authenticated : .received
        #expect(try refusal(of: story) == .caseRule(index, .outOfTurn(state)))
    }

    @Test("the desk says when a docket is overdue, and ends what nobody authenticates")
    func clocks() throws {
        let council = try Council()
        var desk = CaseDesk(caseID: Story(council).caseID)
        let contact = try desk.handle(
            .contact(by: Council.name("lee"), requester: #require(Country("CN")), .other),
            after: nil,
            under: council.charter(),
            now: council.time(),
            with: NativeCrypto.self
        )
        let leaf = MerkleTree<NativeCrypto>.leafHash(contact[0].encoded)
        #expect(!desk.isDocketOverdue(at: try council.time(council.now + 86_400)))
        #expect(desk.isDocketOverdue(at: try council.time(council.now + 86_401)))
        let late = try council.time(council.now + 5 * 86_400 + 1)
        #expect(desk.deadline == late)
        #expect(throws: DeskRefusal.tooLate) {
            try desk.handle(
                .authenticate(by: Council.name("cora"), passed: true),
                after: leaf,
                under: council.charter(),
                now: late,
                with: NativeCrypto.self
            )
        }
        let closing = try desk.handle(.tick, after: leaf, under: council.charter(), now: late, with: NativeCrypto.self)
        #expect(closing.map { $0.type } == [.closed] && closing[0].text(.outcome) == "expired")
        #expect(desk.progress.state == .closed)
    }
}
