// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("Bundles that give a permit")
struct PermitTests {
    @Test("a lawful order of each kind", arguments: [Action.disclose, .discloseEmergency, .eject, .suspend])
    func lawful(_ action: Action) throws {
        let story = try Story.complete(action)
        let permit = try story.verify()
        let order = try story.parsed()
        #expect(permit.action == action && permit.order == story.orderHash)
        #expect(permit.subject == order.subject && permit.scope == order.scope && permit.embargo == nil)
        let file = try #require(story.bundle().encoded)
        let read = try OrderBundle(parsing: file)
        #expect(try read == story.bundle() && read.encoded == file)
        #expect(try story.verify(read) == permit)
        switch action {
        case .suspend: #expect(order.scope == .account(until: permit.until))
        case .discloseEmergency: #expect(permit.until < order.expires)
        default: #expect(permit.until == order.expires)
        }
    }

    @Test("the end of a meeting, after its disturber was put out")
    func endMeeting() throws {
        let council = try Council()
        let eject = try Story.complete(.eject, council: council, seed: 1)
        _ = try eject.verify()
        try eject.log(.executed, [(.order, eject.orderHash.text)])
        council.now += 600
        let story = try Story.complete(.endMeeting, council: council, seed: 2) {
            $0["narrower-order"] = eject.orderHash.text
        }
        story.narrower = eject.order
        let permit = try story.verify()
        #expect(permit.action == .endMeeting && permit.scope == .meeting)
    }

    @Test("a dated embargo instead of notice")
    func embargo() throws {
        let story = try Story.complete(.disclose) { text in
            text["notice"] = "embargo"
            text.insert("embargo-until", "2027-01-01T00:00:00Z", after: "notice")
            text.insert("embargo-document", Story.hash("gag").text, after: "embargo-until")
        }
        #expect(try story.verify().embargo?.text == "2027-01-01T00:00:00Z")
    }

    @Test("more of the log than is needed, up to all of it")
    func wholeLog() throws {
        let story = try Story.complete(.eject)
        for start in 0...story.council.charterIndex {
            #expect(throws: Never.self) { try story.verify(story.bundle(from: start)) }
        }
    }

    @Test("entries of others in between, and types of tomorrow")
    func others() throws {
        let council = try Council()
        let other = Story(council, seed: 99)
        let story = Story(council)
        try story.open()
        try other.open()
        try council.mark()
        council.now += 60
        try story.propose(story.draft(.eject))
        council.log.append(Array("vigil-entry/v1\ntype poem\ntime 2026-09-21T14:13:20Z\nline roses\n".utf8))
        council.now += 60
        try council.mark()
        try story.intendAll(["alice", "bob", "frank"])
        try other.propose(other.draft(.eject))
        try story.confirmAll(["alice", "bob", "frank"])
        try story.approve()
        try council.mark()
        try story.ripen(.eject)
        #expect(throws: Never.self) { try story.verify() }
    }

    @Test("a bundle is taken further by whoever has the later entries")
    func extended() throws {
        let story = try Story.complete(.eject)
        let bundle = try story.bundle()
        let other = Story(story.council, seed: 99)
        try other.open()
        #expect(throws: PermitRefusal.range(.endsEarly)) { try story.verify(bundle) }
        let more = Array(story.council.log.entries.suffix(4))
        #expect(throws: Never.self) { try story.verify(bundle.extended(with: more)) }
    }

    @Test("an emergency that the whole quorum ratifies outlives its 48 hours")
    func ratified() throws {
        let story = try Story.complete(.discloseEmergency)
        #expect(throws: Never.self) { try story.verify() }
        try story.intend("carol")
        story.wait(60)
        try story.council.mark()
        story.wait(minutes: 6)
        try story.council.mark()
        story.wait(60)
        try story.confirm("carol")
        story.wait(60)
        try story.council.mark()
        story.wait(minutes: 60 * 50)
        #expect(try story.verify().until == story.parsed().expires)
    }

    @Test("under a later version of the charter, logged and waited for")
    func laterVersion() throws {
        let council = try Council()
        council.now += 8 * 86_400
        try council.amend { $0.replacing("timelock eject 1h", with: "timelock eject 2h") }
        council.now += 14 * 86_400
        try council.mark()
        council.forgetMarks()
        try council.mark()
        council.now += 60
        let story = Story(council)
        try story.approve(.eject)
        try story.ripen(.eject)
        #expect(throws: PermitRefusal.timeLocked) { try story.verify() }
        story.wait(3_600)
        try council.mark()
        try story.noStop("abel")
        story.noStops.removeFirst()
        #expect(throws: Never.self) { try story.verify() }
    }

    @Test("under a charter without advocates no receipt is asked for")
    func pair() throws {
        let council = try Council(template: .pair, people: TemplateTests.pair)
        let story = Story(council)
        try story.approveAsPair(.eject)
        try story.ripen(.eject, receiptBy: nil)
        #expect(throws: Never.self) { try story.verify() }
    }
}
