// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("The moment of the act")
struct ExecutionTests {
    private func expect(
        _ refusal: PermitRefusal,
        _ story: Story,
        _ location: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: refusal, sourceLocation: location) { try story.verify() }
    }

    private func approved(_ action: Action = .eject, edit: (inout OrderText) -> Void = { _ in }) throws -> Story {
        let story = Story(try Council())
        try story.approve(action, edit: edit)
        return story
    }

    @Test("the lock counts from `approved`, by witnesses' clocks")
    func locked() throws {
        let story = try approved()
        try story.notify()
        story.wait(3_600 - 61)
        expect(.timeLocked, story)
        story.wait(61)
        expect(.noStopMissing, story)
        // The verifier's own clock doesn't shorten it.
        let early = try approved()
        try early.notify()
        early.wait(1_800)
        let checkpoint = try early.council.log.checkpoint(at: early.council.now)
        #expect(throws: PermitRefusal.staleCheckpoint) {
            try early.verify(checkpoint: checkpoint, now: early.council.now + 3_600)
        }
    }

    @Test(
        "witnesses' clocks: whoever is fewer than a quorum's rest can't shorten the lock",
        arguments: [-7_200, 7_200] as [Int64]
    )
    func clocks(_ offset: Int64) throws {
        // Two of seven lie in the direction that would help, from the start and at the end.
        let council = try Council()
        let story = Story(council)
        if offset < 0 { for liar in 0..<2 { council.log.clocks[liar] = offset } }
        try story.approve(.eject)
        try story.notify()
        try council.mark()
        // Just a quorum, the liars among it.
        council.log.awake = [0, 1, 2, 3, 4]
        try council.mark()
        council.log.awake = Array(0..<7)
        for liar in 0..<2 { council.log.clocks[liar] = max(0, offset) }
        story.wait(1_800)
        let checkpoint = try council.log.checkpoint(at: council.now)
        let now = council.now
        do {
            _ = try story.verify(checkpoint: checkpoint, now: now + (offset > 0 ? 7_200 : 0))
            Issue.record("accepted")
        } catch let refusal as PermitRefusal {
            // Backwards: the clocks of the honest count. Forwards: the honest say that it's an hour ago.
            #expect(refusal == (offset < 0 ? .timeLocked : .staleCheckpoint))
        }
    }

    @Test("witnesses without weight move nothing")
    func weightless() throws {
        // Thirteen witnesses, of which the policy counts seven; the other six would shift any median.
        let council = try Council(witnesses: 13, quorum: 5, weightless: 6)
        let story = Story(council)
        try story.approve(.eject)
        try story.notify()
        try council.mark()
        for liar in 7..<13 { council.log.clocks[liar] = 3_600 }
        story.wait(1_800)
        #expect(throws: PermitRefusal.staleCheckpoint) { try story.verify(now: council.now + 3_600) }
        for liar in 7..<13 { council.log.clocks[liar] = 0 }
        expect(.timeLocked, story)
    }

    @Test("not before its day, not after it")
    func days() throws {
        let later = try Council().time(Council.beginning + 10 * 86_400).text
        expect(.tooEarly, try Story.complete(.eject) { $0["not-before"] = later })
        let old = try Story.complete(.eject)
        old.wait(20 * 86_400)
        expect(.expired, old)
    }

    @Test("an emergency order is void after 48 hours")
    func void() throws {
        let story = try Story.complete(.discloseEmergency)
        story.wait(46 * 3_600)
        #expect(throws: Never.self) { try story.verify() }
        story.wait(3_600)
        expect(.emergencyVoid, story)
    }

    @Test("notice: what the log has a receipt for, of this order, in time")
    func notice() throws {
        let story = try Story.complete(.disclose)
        let receipt = try #require(story.notice)
        #expect(NoticeReceipt(parsing: receipt)?.text == receipt)
        #expect(NoticeReceipt(parsing: receipt + [0x0A]) == nil)
        for other in [nil, [], receipt + [0x0A], Array(receipt.dropLast())] as [[UInt8]?] {
            story.notice = other
            expect(.wrongNotice, story)
        }
        for (order, subject) in [(Story.hash("x"), nil), (nil, Story.hash("x"))] as [(DocumentHash?, DocumentHash?)] {
            let story = try approved(.disclose)
            let receipt = NoticeReceipt(
                order: order ?? story.orderHash,
                subject: try subject ?? story.parsed().subject,
                document: Story.hash("x"),
                channel: .paper,
                sent: try story.council.time()
            ).text
            let hash = DocumentHash.of(document: receipt, with: NativeCrypto.self)
            try story.log(.notice, [(.order, story.orderHash.text), (.receipt, hash.text)])
            story.notice = receipt
            try story.council.mark()
            story.wait(Story.lock(of: .disclose))
            expect(.wrongNotice, story)
        }
        let late = try approved(.disclose)
        late.wait(Story.lock(of: .disclose))
        try late.notify()
        late.wait(60)
        try late.council.mark()
        late.wait(23 * 3_600)
        expect(.noticeTooLate, late)
        late.wait(3_600)
        expect(.noStopMissing, late)
        // An embargo that the order doesn't have.
        let embargoed = try approved(.disclose)
        try embargoed.log(.notice, [(.order, embargoed.orderHash.text), (.embargoUntil, "2027-01-01T00:00:00Z")])
        embargoed.wait(Story.lock(of: .disclose))
        expect(.wrongNotice, embargoed)
    }

    @Test("an embargo ends when the order says")
    func embargo() throws {
        let story = try approved(.disclose) { text in
            text["notice"] = "embargo"
            text.insert("embargo-until", "2027-01-01T00:00:00Z", after: "notice")
            text.insert("embargo-document", Story.hash("gag").text, after: "embargo-until")
        }
        try story.log(.notice, [(.order, story.orderHash.text), (.embargoUntil, "2027-02-01T00:00:00Z")])
        story.wait(Story.lock(of: .disclose))
        expect(.wrongEmbargo, story)
    }

    @Test("the narrower measure first")
    func narrower() throws {
        let council = try Council()
        let eject = try Story.complete(.eject, council: council, seed: 1)
        func end(_ edit: @escaping (inout OrderText) -> Void = { _ in }) throws -> Story {
            try Story.complete(.endMeeting, council: council, seed: 2 + UInt64(council.log.entries.count)) {
                $0["narrower-order"] = eject.orderHash.text
                edit(&$0)
            }
        }
        let before = try end()
        before.narrower = eject.order
        expect(.narrowerUntried, before)
        try eject.log(.executed, [(.order, eject.orderHash.text)])
        // Executed, but after the proposal.
        expect(.narrowerUntried, before)
        let story = try end()
        expect(.narrowerUntried, story)
        story.narrower = Array(eject.order.dropLast())
        expect(.narrowerUntried, story)
        story.narrower = eject.order
        #expect(throws: Never.self) { try story.verify() }
        // Of another meeting.
        let other = try end {
            $0["subject"] = Story.hash("another meeting").text
            $0["evidence-meeting"] = Story.hash("another meeting").text
        }
        other.narrower = eject.order
        expect(.narrowerUntried, other)
        let plain = try Story.complete(.eject)
        plain.narrower = plain.order
        expect(.narrowerUntried, plain)
    }

    @Test("an advocate's receipt of after the lock")
    func receipts() throws {
        let ada = try Council.name("ada")
        func ripe() throws -> Story {
            let story = try Story.complete(.eject)
            story.noStops = []
            return story
        }
        let story = try ripe()
        expect(.noStopMissing, story)
        story.noStops = [[1]]
        expect(.noStop(0, .wrongHeader), story)
        story.noStops = []
        try story.noStop("alice")
        expect(.noStopByOther(try Council.name("alice")), story)
        story.noStops = []
        try story.noStop("ada", at: story.council.now - 3_600)
        expect(.noStopTooEarly(ada), story)
        story.noStops = []
        try story.noStop("ada", at: story.council.now + 120)
        expect(.noStopTooEarly(ada), story)
        story.noStops = []
        // Of a tree that nobody saw after the lock.
        try story.noStop("ada", head: story.council.log.head(story.council.log.entries.count - 1))
        expect(.noStopTooEarly(ada), story)
        story.noStops = []
        let other = NoStop(
            order: Story.hash("x"),
            charter: story.council.charterHash,
            seat: ada,
            head: try story.council.log.head(),
            time: try story.council.time()
        )
        story.noStops = [try story.council.passkey("ada").sign(other).text]
        expect(.noStopForOther(ada), story)
        story.noStops = [
            Signed(other, try story.council.passkey("abel").assertion(over: other.challenge(with: NativeCrypto.self)))
                .text
        ]
        expect(.noStopAssertion(ada, .otherSeatsCredential(try Council.name("abel"))), story)
    }
}
