// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("A case at the desk")
final class CaseDeskTests {
    private let council: Council
    private let story: Story
    private var desk: CaseDesk
    private let cora: Name
    private let country: Country

    init() throws {
        council = try Council()
        story = Story(council)
        desk = CaseDesk(caseID: story.caseID)
        cora = try Council.name("cora")
        country = try #require(Country("CN"))
    }

    @discardableResult
    private func handle(_ input: CaseInput) throws -> [LogEntry] {
        try story.handle(input, at: &desk)
    }

    private func proposed(_ action: Action = .eject, edit: (inout OrderText) -> Void = { _ in }) throws -> Order {
        try handle(.contact(by: Council.name("lee"), requester: country, .warrant))
        try handle(.authenticate(by: cora, passed: true))
        try handle(.docket(by: cora, requester: country, .warrant, earlier: []))
        try handle(.check(by: cora, .passed))
        try council.mark()
        council.now += 60
        var text = try story.draft(action)
        edit(&text)
        let order = try Order(parsing: text.bytes)
        try handle(.propose(order))
        story.hold(text)
        council.now += 60
        try council.mark()
        return order
    }

    private func approve(_ name: String, _ decision: Decision = .approve, confirming leaf: TreeHash? = nil) throws {
        let signed = try council.passkey(name).sign(story.statement(name, decision, confirming: leaf))
        try handle(.approval(signed))
        story.keep(signed)
    }

    private func approveAll() throws {
        let names = Story.approvers(of: .eject)
        var leaves: [String: TreeHash] = [:]
        for name in names {
            try approve(name)
            leaves[name] = story.last
        }
        council.now += 60
        try council.mark()
        council.now += 1_860
        try council.mark()
        for name in names { try approve(name, confirming: leaves[name]) }
    }

    @Test("a whole life: what the desk logs is what the verifier asks for")
    func whole() throws {
        let order = try proposed()
        #expect(throws: DeskRefusal.quorumMissed) { try handle(.approved) }
        try approveAll()
        try handle(.approved)
        council.now += 60
        try council.mark()
        #expect(throws: DeskRefusal.noticeMissing) { try handle(.notice(nil)) }
        let receipt = NoticeReceipt(
            order: story.orderHash,
            subject: order.subject,
            document: Story.hash("reasons"),
            channel: .client,
            sent: try council.time()
        )
        story.notice = receipt.text
        try handle(.notice(.of(document: receipt.text, with: NativeCrypto.self)))
        council.now += 60
        try council.mark()
        council.now += Story.lock(of: .eject)
        try council.mark()
        try story.noStop("ada")
        council.now += 30
        let permit = try story.verify()
        try handle(.executed(permit))
        #expect(desk.progress.state == .executed)
        #expect(throws: DeskRefusal.rule(.outOfTurn(.executed))) { try handle(.executed(permit)) }
        try handle(.close(by: cora, .executed))
        #expect(desk.progress.state == .closed && desk.deadline == nil)
        let appeal = desk.appealSeats(under: try council.charter()).map { $0.text }
        #expect(appeal == ["carol", "dan", "eve", "grace"])
    }

    @Test("no step before its turn")
    func order() throws {
        #expect(throws: DeskRefusal.rule(.outOfTurn(nil))) { try handle(.check(by: cora, .passed)) }
        try handle(.contact(by: cora, requester: country, .warrant))
        #expect(throws: DeskRefusal.rule(.outOfTurn(.received))) { try handle(.check(by: cora, .passed)) }
        #expect(throws: DeskRefusal.rule(.outOfTurn(.received))) {
            try handle(.docket(by: cora, requester: country, .warrant, earlier: []))
        }
        #expect(throws: DeskRefusal.rule(.outOfTurn(.received))) {
            try handle(.contact(by: cora, requester: country, .warrant))
        }
        #expect(try handle(.authenticate(by: cora, passed: false)).count == 1)
        #expect(desk.progress.state == .received)
        try handle(.authenticate(by: cora, passed: true))
        #expect(throws: DeskRefusal.rule(.outOfTurn(.authenticated))) {
            try handle(.authenticate(by: cora, passed: true))
        }
        let early = try Order(parsing: story.draft(.eject).bytes)
        #expect(throws: DeskRefusal.rule(.outOfTurn(.authenticated))) { try handle(.propose(early)) }
        #expect(desk.order == nil)
    }

    @Test("narrowed, challenged, refused: each is an entry")
    func refused() throws {
        let order = try proposed()
        try approve("alice", .narrow)
        #expect(try handle(.check(by: cora, .narrowed))[0].text(.outcome) == "narrowed")
        #expect(desk.progress.state == .narrowed)
        try handle(.check(by: cora, .challenged))
        try handle(.check(by: cora, .passed))
        #expect(throws: DeskRefusal.rule(.otherOrder)) { try handle(.propose(order)) }
        var text = OrderText(order.text)
        text["nonce"] = "ffeeddccbbaa99887766554433221100"
        try handle(.propose(Order(parsing: text.bytes)))
        story.hold(text)
        try approve("alice", .refuse)
        #expect(desk.approvers == [])
        let closing = try handle(.close(by: cora, .refused))
        #expect(closing[0].text(.outcome) == "refused")
        #expect(throws: DeskRefusal.rule(.outOfTurn(.closed))) { try handle(.close(by: cora, .refused)) }
    }

    @Test("one advocate's halt; after it a new order, not the old one")
    func halted() throws {
        let order = try proposed()
        let hash = order.nonceHash(with: NativeCrypto.self)
        #expect(throws: DeskRefusal.otherOrder) { try handle(.stop(council.stop("ada", .halt(Story.hash("x"))))) }
        #expect(throws: DeskRefusal.otherOrder) {
            try handle(.stop(council.stop("ada", .revoke(cora, since: council.time()))))
        }
        let forged = try council.passkey("eve").sign(
            Stop(genesis: council.genesis, seat: Council.name("ada"), target: .halt(hash))
        )
        #expect(throws: DeskRefusal.assertion(.otherSeatsCredential(try Council.name("eve")))) {
            try handle(.stop(forged))
        }
        try handle(.stop(council.stop("eve", .objection(hash))))
        #expect(desk.progress.state == .proposed)
        try handle(.stop(council.stop("ada", .halt(hash))))
        #expect(desk.progress.state == .halted)
        #expect(throws: DeskRefusal.rule(.outOfTurn(.halted))) { try approve("alice") }
        #expect(throws: DeskRefusal.rule(.otherOrder)) { try handle(.propose(order)) }
    }

    @Test("orders of another case, charter or kind; approvals of another order")
    func others() throws {
        let order = try proposed()
        let elsewhere = try Order(parsing: Story(council, seed: 8).draft(.eject).bytes)
        #expect(throws: DeskRefusal.otherOrder) { try handle(.propose(elsewhere)) }
        var text = OrderText(order.text)
        text["charter"] = Story.hash("x").text
        #expect(throws: DeskRefusal.otherCharter) { try handle(.propose(Order(parsing: text.bytes))) }
        let other = Approval(
            order: Story.hash("x"),
            charter: order.charter,
            seat: try Council.name("alice"),
            decision: .approve,
            reason: order.charter
        )
        #expect(throws: DeskRefusal.otherOrder) { try handle(.approval(council.passkey("alice").sign(other))) }
        let forged = Approval(
            order: order.hash(with: NativeCrypto.self),
            charter: order.charter,
            seat: try Council.name("alice"),
            decision: .approve,
            reason: order.charter
        )
        #expect(throws: DeskRefusal.assertion(.otherSeatsCredential(try Council.name("bob")))) {
            try handle(.approval(council.passkey("bob").sign(forged)))
        }
        let pair = try Council(template: .pair, people: TemplateTests.pair + [.init("cora", .clerk, "x", ["IE"])])
        var desk = CaseDesk(caseID: story.caseID)
        let end = try Order(
            parsing: {
                var text = try story.draft(.endMeeting)
                text["charter"] = pair.charterHash.text
                return text.bytes
            }()
        )
        #expect(throws: DeskRefusal.actionNotInCharter) {
            try desk.handle(
                .propose(end),
                after: nil,
                under: pair.charter(),
                now: council.time(),
                with: NativeCrypto.self
            )
        }
    }

    @Test("an emergency that isn't ratified ends by itself after 48 hours", arguments: [false, true])
    func emergency(_ isRatified: Bool) throws {
        _ = try proposed(.discloseEmergency)
        try approveAll()
        try handle(.approved)
        let void = try council.time(council.now + 48 * 3_600)
        #expect(desk.deadline == void)
        if isRatified {
            try approve("carol")
            try approve("carol", confirming: story.last)
        }
        council.now = void.seconds - 1
        #expect(try handle(.tick) == [])
        council.now += 1
        #expect(desk.isVoid(at: void, under: try council.charter()) == !isRatified)
        #expect(try handle(.tick).map { $0.type } == (isRatified ? [] : [.closed]))
    }

    @Test("an order that nobody executes in time ends the case by itself")
    func expired() throws {
        let order = try proposed()
        #expect(desk.deadline == order.expires)
        #expect(try handle(.tick) == [])
        council.now = order.expires.seconds
        #expect(try handle(.tick)[0].text(.outcome) == "expired")
        #expect(try handle(.tick) == [])
    }
}
