// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("The text of orders")
struct OrderTests {
    private let story: Story

    init() throws { story = Story(try Council()) }

    private func expect(
        _ refusal: OrderRefusal,
        _ action: Action,
        _ location: SourceLocation = #_sourceLocation,
        _ edit: (inout OrderText) throws -> Void
    ) throws {
        var text = try story.draft(action)
        let before = text.bytes
        try edit(&text)
        #expect(text.bytes != before, sourceLocation: location)
        #expect(throws: refusal, sourceLocation: location) { try Order(parsing: text.bytes) }
    }

    private func time(_ days: Int64) throws -> String {
        try story.council.time(UInt64(Int64(story.council.now) + days * 86_400)).text
    }

    @Test("what is read is what was written", arguments: Action.allCases.filter { $0.actsOnSomebody })
    func canonical(_ action: Action) throws {
        let text = try story.draft(action).bytes
        let order = try Order(parsing: text)
        #expect(order.text == text && order.action == action)
        #expect(order.hash(with: NativeCrypto.self) == .of(document: text, with: NativeCrypto.self))
    }

    @Test("every line must be there, once, at its place")
    func lines() throws {
        for action in Action.allCases where action.actsOnSomebody {
            let lines = try story.draft(action).lines
            for (number, line) in lines.enumerated() {
                // The one `field` of two that may be missing.
                if line.key == "field", number > 6 { continue }
                var text = try story.draft(action)
                text.lines.remove(at: number)
                if line.key != "field" || action == .discloseEmergency {
                    #expect(throws: OrderRefusal.self, "\(line)") { try Order(parsing: text.bytes) }
                }
                text.lines = lines
                text.lines.insert((line.key, line.value), at: number)
                #expect(throws: OrderRefusal.self, "\(line) twice") { try Order(parsing: text.bytes) }
                text.lines = lines
                text.lines[number].value = line.value + " " + line.value
                #expect(throws: OrderRefusal.self, "\(line) with two values") { try Order(parsing: text.bytes) }
            }
        }
        try expect(.missingLine(.caseID), .eject) { $0.remove("case") }
        try expect(.missingLine(.proposer), .disclose) { $0.insert("until", try time(1), after: "field") }
        try expect(.missingLine(.instrument), .eject) { $0["instrument"] = "" }
        try expect(.unexpectedLine, .eject) { $0.insert("comment", "x", after: "nonce") }
        try expect(.missingLine(.recipientKey), .disclose) {
            $0.insert("narrower-order", Story.hash("x").text, after: "jurisdiction-seat")
        }
        let text = try story.draft(.eject).bytes
        #expect(throws: OrderRefusal.wrongHeader) { try Order(parsing: Array(text.dropFirst())) }
        #expect(throws: OrderRefusal.self) { try Order(parsing: text.dropLast()) }
        #expect(throws: OrderRefusal.tooLong) {
            try Order(parsing: text + [UInt8](repeating: 0x61, count: Order.longest))
        }
    }

    @Test("values that don't belong on their line")
    func values() throws {
        let wrong: [(OrderLine, String)] = [
            (.order, "Ord-1"), (.caseID, "00"), (.charter, String(repeating: "AB", count: 32)), (.action, "listen"),
            (.meeting, "x"), (.proposer, "Cora"), (.requester, "cn"), (.requester, "undisclosed"), (.authority, "A.B"),
            (.instrument, "phone-call"), (.instrumentDocument, "-"), (.legalBasis, ""), (.drafted, "2026-09-21"),
            (.conductFrom, "yesterday"), (.conductTo, "2026-02-30T00:00:00Z"), (.jurisdiction, "citizenship"),
            (.jurisdictionDocument, "none"), (.jurisdictionSeat, "ALICE"), (.evidenceDocument, "none"),
            (.evidenceMeeting, "none"), (.evidenceAuthor, "none"), (.evidenceAuthorSince, "never"),
            (.evidenceSource, "NOBODY"), (.notBefore, "now"), (.expires, "never"), (.notice, "never"),
            (.nonce, "00112233445566778899aabbccddee"), (.nonce, "00112233445566778899AABBCCDDEEFF"),
        ]
        for (line, value) in wrong where !value.isEmpty {
            try expect(.invalidValue(line), .eject) { $0[line.text] = value }
        }
        try expect(.invalidValue(.record), .disclose) { $0["record"] = "all" }
        try expect(.invalidValue(.field), .disclose) { $0["field"] = "*" }
        try expect(.invalidValue(.recipientKey), .disclose) { $0["recipient-key"] = "5c5c" }
        try expect(.invalidValue(.until), .suspend) { $0["until"] = "forever" }
        try expect(.invalidValue(.callBack), .discloseEmergency) { $0["call-back"] = "done" }
        try expect(.invalidValue(.narrowerOrder), .endMeeting) { $0["narrower-order"] = "none" }
        try expect(.invalidValue(.embargoUntil), .disclose) {
            $0["notice"] = "embargo"
            $0.insert("embargo-until", "indefinite", after: "notice")
        }
        try expect(.missingLine(.embargoDocument), .disclose) {
            $0["notice"] = "embargo"
            $0.insert("embargo-until", try time(30), after: "notice")
        }
    }

    @Test("acts that no order can ask for")
    func actions() throws {
        for never in NeverListed.allCases {
            try expect(.neverOrderable(never), .eject) { $0["action"] = never.text }
        }
        for action in [Action.halt, .seatRevoke, .charter] {
            try expect(.actionTakesNoOrder(action), .eject) { $0["action"] = action.text }
        }
    }

    @Test("exactly one subject, and no more fields than there may be")
    func subjects() throws {
        for cohort in ["*", "all", "us04", "c:" + Story.hash("x").text, String(repeating: "*", count: 64), ""] {
            try expect(.notOneSubject, .suspend) { $0["subject"] = cohort }
        }
        try expect(.notOneSubject, .eject) { $0.insert("subject", Story.hash("another").text, after: "subject") }
        try expect(.unsortedFields, .disclose) { $0.insert("field", "a-field", after: "field") }
        try expect(.unsortedFields, .disclose) { $0.insert("field", "last-seen-day", after: "field") }
        try expect(.tooManyFields, .disclose) { text in
            for number in 10..<25 { text.insert("field", "z\(number)", after: "field") }
        }
        try expect(.tooManyFields, .discloseEmergency) { text in
            for number in 10..<13 { text.insert("field", "z\(number)", after: "field") }
        }
    }

    @Test("times: conduct lies in the past, orders and suspensions end")
    func times() throws {
        try expect(.conductInverted, .eject) { $0["conduct-from"] = try time(0) }
        try expect(.futureConduct, .eject) { $0["conduct-to"] = try time(1) }
        try expect(.notBeforeDraft, .eject) { $0["not-before"] = try time(-1) }
        try expect(.wrongExpiry, .eject) { $0["expires"] = try time(31) }
        try expect(.wrongExpiry, .eject) { $0["expires"] = $0["not-before"] }
        try expect(.suspensionTooLong, .suspend) { $0["until"] = try time(39) }
        try expect(.suspensionTooLong, .suspend) { $0["until"] = $0["not-before"] }
        for until in [try time(0), try time(367)] {
            try expect(.wrongEmbargo, .disclose) {
                $0["notice"] = "embargo"
                $0.insert("embargo-until", until, after: "notice")
                $0.insert("embargo-document", Story.hash("gag").text, after: "embargo-until")
            }
        }
    }

    @Test("jurisdiction: stated, of a kind that counts, and not by the requester")
    func jurisdiction() throws {
        try expect(.jurisdictionUnknown, .disclose) { $0["jurisdiction"] = "unknown" }
        try expect(.jurisdictionByRequester, .disclose) { $0["jurisdiction"] = "requester-statement" }
        try expect(.unsortedSeats, .disclose) { $0.insert("jurisdiction-seat", "alice", after: "jurisdiction-seat") }
        try expect(.missingLine(.jurisdictionSeat), .disclose) { $0.remove("jurisdiction-seat") }
    }

    @Test("evidence: a signed message out of an accountable meeting, of the subject's own hand")
    func evidence() throws {
        for kind in ["image", "screenshot", "avatar", "profile", "report", "hearsay"] {
            try expect(.inadmissibleEvidence, .suspend) { $0["evidence"] = kind }
        }
        try expect(.deniableEvidence, .eject) { $0["evidence-mode"] = "deniable" }
        try expect(.evidenceAgainstAnother, .eject) { $0["evidence-author"] = Story.hash("another").text }
        try expect(.evidenceAgainstAnother, .suspend) { $0["evidence-author"] = Story.hash("another").text }
        try expect(.evidenceAgainstAnother, .eject) { $0["evidence-meeting"] = Story.hash("another").text }
        try expect(.evidenceAgainstAnother, .endMeeting) { $0["evidence-meeting"] = Story.hash("another").text }
        try expect(.evidenceFromYoungKey, .suspend) { $0["evidence-author-since"] = try time(-30) }
        try expect(.evidenceFromYoungKey, .suspend) { $0["evidence-author-since"] = "none" }
        var guest = try story.draft(.eject)
        guest["evidence-author-since"] = "none"
        #expect(throws: Never.self) { try Order(parsing: guest.bytes) }
        try expect(.evidenceMissing, .eject) { text in text.lines.removeAll { $0.key.hasPrefix("evidence") } }
        try expect(.tooMuchEvidence, .eject) { text in
            let piece = text.lines.filter { $0.key.hasPrefix("evidence") }
            for _ in 0..<16 {
                for line in piece.reversed() { text.insert(line.key, line.value, after: "evidence-source") }
            }
            // `insert` puts behind the last one: what was put in backwards stands forwards.
            let head = text.lines.prefix { $0.key != "evidence" }
            let tail = text.lines.drop { $0.key != "not-before" }
            text.lines = head + (0..<17).flatMap { _ in piece } + tail
        }
    }

    @Test("noise is refused, not trapped on")
    func noise() throws {
        var randomness = SeededRandomness(seed: 78)
        for action in [Action.disclose, .eject] {
            let bytes = try story.draft(action).bytes
            for _ in 0..<2_000 {
                var changed = bytes
                let index = Int(randomness.next() % UInt64(changed.count))
                switch randomness.next() % 3 {
                case 0: changed[index] = UInt8(truncatingIfNeeded: randomness.next())
                case 1: changed.remove(at: index)
                default: changed.insert(bytes[Int(randomness.next() % UInt64(bytes.count))], at: index)
                }
                if let order = try? Order(parsing: changed) { #expect(order.text == changed) }
            }
        }
    }
}
