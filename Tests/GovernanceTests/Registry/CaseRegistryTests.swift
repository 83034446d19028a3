// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("What a node asks before an entry of a case goes into the log")
struct CaseRegistryTests {
    @Test(
        "a whole case of a council, from the contact to executed; each entry names the signed step",
        arguments: [Action.disclose, .eject]
    )
    func wholeCase(_ action: Action) throws {
        let story = try RegistryStory()
        try story.open()
        try story.propose(action)
        let names = Story.approvers(of: action)
        for name in names { try story.intend(name) }
        story.wait(minutes: 31)
        try story.see()
        for name in names.dropLast() { #expect(try story.confirm(name) == [.approval]) }
        #expect(try story.confirm(names[names.count - 1]) == [.approval, .approved])
        try story.notify()
        story.council.now += Story.lock(of: action)
        try story.see()
        #expect(try story.bring(.noStop(story.noStop("ada"))) == [])
        let permit = try story.verify()
        #expect(permit.order == story.orderHash && permit.action == action)
        #expect(try story.carryOut(story.registry.executed(permit, now: story.council.time())) == [.executed])
        #expect(try story.take("cora", .close(.executed)) == [.closed])
        let signed = try story.council.log.entries.compactMap { bytes -> LogEntry? in
            let entry = try LogEntry(parsing: bytes)
            return entry.type.isOfCase && entry.text(.actor) != nil ? entry : nil
        }
        #expect(signed.count > 8 && signed.allSatisfy { $0.hash(.assertion) != nil })
        #expect(throws: PermitRefusal.executedAlready) { try story.verify() }
    }

    @Test("a restart after every step gives the same case and the same permit")
    func restarts() throws {
        let story = try RegistryStory()
        try story.open()
        try story.restart()
        try story.propose(.eject)
        try story.restart()
        for name in Story.approvers(of: .eject) { try story.intend(name) }
        try story.restart()
        story.wait(minutes: 31)
        try story.see()
        for name in Story.approvers(of: .eject) { try story.confirm(name) }
        try story.restart()
        try story.notify()
        story.council.now += Story.lock(of: .eject)
        try story.see()
        try story.bring(.noStop(story.noStop("ada")))
        try story.restart()
        #expect(story.registry.lost == [])
        #expect(try story.verify().order == story.orderHash)
    }

    @Test("an order's text that was lost or altered in the database is noticed, and gives nothing")
    func lostOrder() throws {
        let story = try RegistryStory()
        try story.ripen(.eject)
        try story.restart(losing: [story.orderHash])
        #expect(story.registry.lost == [story.orderHash])
        #expect(throws: RegistryRefusal.unknownOrder) { try story.bundle() }
        let altered = Paper(.order, of: story.caseID, hash: story.orderHash, Array("vigil-order/v1\n".utf8))
        var registry = try RegistryStory.open(story.council)
        var papers = story.papers
        papers[story.orderHash] = altered
        for (index, entry) in story.council.log.entries.enumerated() {
            try registry.record(entry, at: UInt64(index), papers: papers)
        }
        #expect(registry.lost == [story.orderHash])
    }

    @Test("a liaison registers and nothing else")
    func liaison() throws {
        let story = try RegistryStory()
        try story.take("lee", .contact(requester: RegistryStory.country("CN"), .warrant))
        let lee = try Council.name("lee")
        #expect(throws: RegistryRefusal.desk(.rule(.liaisonMayOnlyRegister(lee)))) {
            try story.take("lee", .authenticate(passed: true))
        }
    }

    @Test(
        "another seat's passkey, another charter, another place in the case, a case twice, a document that isn't here"
    )
    func refusals() throws {
        let story = try RegistryStory()
        let contact = Deed.contact(requester: try RegistryStory.country("CN"), .warrant)
        let cora = try Council.name("cora")
        #expect(throws: RegistryRefusal.assertion(.otherSeatsCredential(cora))) {
            try story.bring(.step(story.step("lee", contact, signedBy: "cora"), order: nil, notice: nil))
        }
        let first = try story.step("lee", contact)
        try story.bring(.step(first, order: nil, notice: nil))
        let head = try #require(story.file?.head)
        // The same bytes are told where they are; the same deed signed again isn't taken.
        #expect(throws: RegistryRefusal.repeated(story.council.charterIndex + 1, head)) {
            try story.bring(.step(first, order: nil, notice: nil))
        }
        #expect(throws: RegistryRefusal.caseExists) { try story.take("lee", contact) }
        #expect(throws: RegistryRefusal.wrongPrevious(head)) {
            let step = try story.step("cora", .authenticate(passed: true), after: .some(nil))
            try story.bring(.step(step, order: nil, notice: nil))
        }
        let absent = Story.hash("nowhere")
        #expect(throws: RegistryRefusal.missingDocument(absent)) {
            let step = try story.step("cora", .authenticate(passed: true), documents: [absent])
            try story.bring(.step(step, order: nil, notice: nil))
        }
        #expect(throws: RegistryRefusal.desk(.rule(.outOfTurn(.received)))) { try story.take("cora", .check(.passed)) }
        // An answer that was lost: the step is in the log once.
        let replayed = try story.step("cora", .authenticate(passed: true))
        try story.bring(.step(replayed, order: nil, notice: nil))
        #expect(throws: RegistryRefusal.self) { try story.bring(.step(replayed, order: nil, notice: nil)) }
        #expect(story.file?.state == .authenticated)
    }

    @Test("a confirm is too quick as long as witnesses haven't said that the pause is over")
    func quick() throws {
        let story = try RegistryStory()
        try story.open()
        try story.propose(.eject)
        try story.intend("alice")
        #expect(throws: RegistryRefusal.tooQuick) { try story.confirm("alice") }
        story.wait(minutes: 31)
        // The node's own clock isn't enough.
        #expect(throws: RegistryRefusal.tooQuick) { try story.confirm("alice") }
        try story.see()
        #expect(try story.confirm("alice") == [.approval])
    }

    @Test("a stop counts before it is logged, and from whom the voice was taken away too")
    func stops() throws {
        let story = try RegistryStory()
        try story.ripen(.eject)
        #expect(try story.verify().action == .eject)
        let halt = try story.council.stop("ada", .halt(story.drafts.nonceHash()))
        let isKept = story.registry.keep(halt)
        #expect(isKept)
        #expect(throws: PermitRefusal.stopped([try Council.name("ada")])) { try story.verify() }
        let plan = try story.plan(.stop(halt))
        #expect(plan.entries.map { $0.type } == [.halt])
        try story.carryOut(plan)
        #expect(story.file?.state == .halted)
        // A forged one isn't kept.
        let forged = Signed(halt.statement, try story.council.stop("abel", .halt(story.orderHash)).assertion)
        let isForgedKept = story.registry.keep(forged)
        #expect(!isForgedKept)
    }

    @Test("a revoked seat approves nothing any more; the log says so once")
    func revoked() throws {
        let story = try RegistryStory()
        try story.open()
        try story.propose(.eject)
        let alice = try Council.name("alice")
        let word = try story.council.stop("ada", .revoke(alice, since: story.council.time()))
        #expect(try story.bring(.stop(word)) == [.seat])
        #expect(try story.bring(.stop(word)) == [])
        #expect(throws: RegistryRefusal.seatRevoked(alice)) { try story.intend("alice") }
    }

    @Test("what nobody authenticates is closed after five days; thirty days later its texts go")
    func clock() throws {
        let story = try RegistryStory()
        try story.take("lee", .contact(requester: RegistryStory.country("CN"), .warrant))
        #expect(try story.registry.tick(story.council.time()).isEmpty)
        story.council.now += 5 * 86_400 + 60
        try story.see()
        for plan in try story.registry.tick(story.council.time()) { try story.carryOut(plan) }
        #expect(story.file?.state == .closed)
        #expect(try story.registry.forget(story.council.time()).isEmpty)
        story.council.now += 30 * 86_400
        #expect(try story.registry.forget(story.council.time()) == [story.caseID])
        // Closed for good, though its texts are gone.
        #expect(throws: RegistryRefusal.caseExists) {
            try story.take("lee", .contact(requester: RegistryStory.country("CN"), .warrant))
        }
    }

    @Test("an entry that waited in the database goes into the log only if it follows from signed texts")
    func outbox() throws {
        let story = try RegistryStory()
        try story.open()
        let plan = try story.plan(.step(story.step("cora", .check(.narrowed)), order: nil, notice: nil))
        let papers = [plan.papers[0].hash: plan.papers[0]]
        let entry = try #require(plan.entries.first)
        #expect(story.registry.isPlanned(entry, papers: papers))
        #expect(!story.registry.isPlanned(entry, papers: [:]))
        let invented = try LogEntry(
            .check,
            at: story.council.time(),
            [
                (.caseID, story.caseID.text), (.previous, try #require(story.file?.head).text), (.actor, "cora"),
                (.outcome, "passed"), (.assertion, plan.papers[0].hash.text),
            ]
        )
        #expect(!story.registry.isPlanned(invented, papers: papers))
    }
}
