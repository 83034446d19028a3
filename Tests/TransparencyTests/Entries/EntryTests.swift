// SPDX-License-Identifier: Apache-2.0

import NativeCrypto
import TestSupport
import Testing

@testable import Transparency

@Suite("Entries")
struct EntryTests {
    private static let docket = """
        vigil-entry/v1
        type docket
        time 2026-11-24T10:00:00Z
        case 000102030405060708090a0b0c0d0e0f
        prev none
        actor liaison-nl
        requester NL
        instrument warrant

        """

    @Test("an entry is read and written byte for byte")
    func roundTrip() throws {
        let entry = try LogEntry(parsing: Array(Self.docket.utf8))
        #expect(entry.encoded == Array(Self.docket.utf8))
        #expect(entry.type == .docket && entry.time.seconds == 1_795_514_400)
        #expect(entry.link?.previous == nil && entry.text(.requester) == "NL")
        let written = try LogEntry(
            .docket,
            at: entry.time,
            [
                (.instrument, "warrant"), (.requester, "NL"), (.previous, "none"), (.actor, "liaison-nl"),
                (.caseID, "000102030405060708090a0b0c0d0e0f"),
            ]
        )
        #expect(written == entry)
    }

    @Test("what breaks a rule is refused by that rule: above all, there is no room for a name or a sentence")
    func refusals() {
        let cases: [(String, String, EntryRefusal)] = [
            ("vigil-entry/v1", "vigil-entry/v2", .wrongHeader), ("type docket", "type Docket", .wrongType),
            ("type docket", "type dossier", .unknownType), ("2026-11-24", "2026-02-29", .wrongTime),
            ("10:00:00Z", "10:00:00+01:00", .wrongTime), ("10:00:00Z", "24:00:00Z", .wrongTime),
            ("prev none", "prev None", .invalidValue(.previous)),
            ("requester NL", "requester nl", .invalidValue(.requester)),
            ("requester NL", "requester Netherlands", .invalidValue(.requester)),
            ("actor liaison-nl", "actor Jan de Vries", .invalidValue(.actor)),
            ("actor liaison-nl", "actor jan@example.org", .invalidValue(.actor)),
            ("actor liaison-nl\n", "", .missingField(.actor)), ("warrant\n", "warrant\nnote hello\n", .unexpectedField),
            ("warrant\n", "warrant\ninstrument warrant\n", .unexpectedField),
            ("instrument warrant\n", "instrument because we say so\n", .invalidValue(.instrument)),
            ("requester NL\n", "requester  NL\n", .malformedLine),
            ("requester NL\n", "requester NL \n", .malformedLine),
            ("requester NL\n", "requester\n", .malformedLine), ("requester NL\n", "\n", .malformedLine),
            ("warrant\n", "warrant", .malformedLine), ("NL", "N\u{D8}", .malformedLine),
            ("warrant\n", "warrant\ndue 2027-11-24T10:00:00Z\n", .dueWithoutCommitment),
        ]
        for (part, other, refusal) in cases {
            let text = Self.docket.replacing(part, with: other)
            #expect(throws: refusal, "\(other)") { try LogEntry(parsing: Array(text.utf8)) }
        }
        let long = Self.docket + String(repeating: "x", count: LogEntry.longest)
        #expect(throws: EntryRefusal.tooLong) { try LogEntry(parsing: Array(long.utf8)) }
    }

    @Test("a reader tolerates a type of tomorrow and keeps its place in the case; a broken known type it doesn't")
    func unknownTypes() throws {
        let text = Self.docket.replacing("type docket", with: "type hearing").replacing("actor", with: "judge")
        guard case .unknown(let type, _, let link) = try ReadEntry(parsing: Array(text.utf8)) else {
            throw TestFailure.missing("unknown type")
        }
        #expect(type == Array("hearing".utf8) && link != nil)
        #expect(throws: EntryRefusal.unknownType) { try LogEntry(parsing: Array(text.utf8)) }
        let broken = Self.docket.replacing("NL", with: "nl")
        #expect(throws: EntryRefusal.invalidValue(.requester)) { try ReadEntry(parsing: Array(broken.utf8)) }
    }

    @Test("moments are those of the calendar")
    func times() throws {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:34:56Z", 951_827_696), ("2100-03-01T00:00:00Z", 4_107_542_400),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] as [(String, UInt64)] {
            #expect(EntryTime(parsing: Array(text.utf8)[...])?.seconds == seconds)
            #expect(try Entries.time(seconds).text == text)
        }
        #expect(EntryTime(seconds: 253_402_300_800) == nil)
    }

    @Test("the life of a case: each entry follows the one before, and nothing else does")
    func chain() throws {
        var book = CaseBook<NativeCrypto>()
        var story = CaseStory(seed: 1)
        let salt = [UInt8](repeating: 5, count: 32)
        let commitment = try #require(
            Commitment.make(salt: salt, revealing: [(.requester, "NL")], with: NativeCrypto.self)
        )
        let due = try Entries.time(1_790_001_000)
        let contact = try story.next(
            .contact,
            [
                (.actor, "liaison"), (.requester, "undisclosed"), (.instrument, "warrant"),
                (.commitment, commitment.text),
                (.due, due.text),
            ]
        )
        try book.admit(.known(contact), leaf: Entries.leaf(contact), index: 0)
        #expect(book.overdue(at: due) == [])
        #expect(book.overdue(at: try Entries.time(1_790_001_001)).map(\.index) == [0])

        // A fork, a second beginning, somebody else's case, an older entry: refused, and nothing changed.
        let check = try story.next(.check, [(.actor, "counsel"), (.outcome, "passed")])
        let other = CaseStory(seed: 2)
        let strays: [(LogEntry, CaseRefusal)] = [
            (try story.entry(.check, after: nil, [(.actor, "counsel"), (.outcome, "passed")]), .caseBegunTwice),
            (
                try story.entry(.check, after: Tree.emptyRoot, [(.actor, "counsel"), (.outcome, "passed")]),
                .wrongPrevious
            ),
            (
                try other.entry(.check, after: Tree.emptyRoot, [(.actor, "counsel"), (.outcome, "passed")]),
                .unknownCase
            ),
            (
                try story.entry(
                    .check,
                    after: Entries.leaf(contact),
                    at: 1,
                    [(.actor, "counsel"), (.outcome, "passed")]
                ),
                .timeRunsBackwards
            ),
        ]
        for (entry, refusal) in strays {
            #expect(throws: refusal) { try book.admit(.known(entry), leaf: Entries.leaf(entry), index: 1) }
        }
        try book.admit(.known(check), leaf: Entries.leaf(check), index: 1)
        let closed = try story.next(.closed, [(.outcome, "refused")])
        try book.admit(.known(closed), leaf: Entries.leaf(closed), index: 2)
        let late = try story.entry(.check, after: Entries.leaf(closed), [(.actor, "counsel"), (.outcome, "passed")])
        #expect(throws: CaseRefusal.caseClosed) { try book.admit(.known(late), leaf: Entries.leaf(late), index: 3) }

        // Openings: with another content, of nothing, then the true one, once.
        let opens = Entries.leaf(contact).text
        let hex = Hex.text(salt)
        let wrong = try story.entry(
            .opening,
            after: Entries.leaf(closed),
            [(.opens, opens), (.salt, hex), (.reveal, "requester BE")]
        )
        #expect(throws: CaseRefusal.wrongOpening) { try book.admit(.known(wrong), leaf: Entries.leaf(wrong), index: 3) }
        let nothing = try story.entry(
            .opening,
            after: Entries.leaf(closed),
            [(.opens, Entries.leaf(check).text), (.salt, hex), (.reveal, "requester NL")]
        )
        #expect(throws: CaseRefusal.opensNothing) {
            try book.admit(.known(nothing), leaf: Entries.leaf(nothing), index: 3)
        }
        let opening = try story.next(.opening, [(.opens, opens), (.salt, hex), (.reveal, "requester NL")])
        try book.admit(.known(opening), leaf: Entries.leaf(opening), index: 3)
        #expect(book.overdue(at: try Entries.time(1_900_000_000)) == [])
        let again = try story.next(.opening, [(.opens, opens), (.salt, hex), (.reveal, "requester NL")])
        #expect(throws: CaseRefusal.opensNothing) { try book.admit(.known(again), leaf: Entries.leaf(again), index: 4) }
    }
}
