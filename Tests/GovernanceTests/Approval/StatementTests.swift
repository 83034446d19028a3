// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("Signed statements as text")
struct StatementTests {
    private let council: Council

    init() throws { council = try Council() }

    private func roundTrip<Content: Statement>(_ statement: Content, by seat: String) throws {
        let signed = try council.passkey(seat).sign(statement)
        let read = try Signed<Content>(parsing: signed.text)
        #expect(read == signed && read.text == signed.text)
        let lines = String(decoding: signed.text, as: UTF8.self).split(separator: "\n")
        for number in lines.indices {
            let without = lines.enumerated().filter { $0.offset != number }.map { $0.element + "\n" }.joined()
            #expect(throws: StatementRefusal.self) { try Signed<Content>(parsing: Array(without.utf8)) }
            let twice = lines.enumerated().map { ($0.offset == number ? "\($0.element)\n" : "") + $0.element + "\n" }
                .joined()
            #expect(throws: StatementRefusal.self) { try Signed<Content>(parsing: Array(twice.utf8)) }
        }
    }

    @Test("all kinds are read as they were written, and lack no line")
    func kinds() throws {
        let hash = Story.hash("x")
        let (alice, frank) = (try Council.name("alice"), try Council.name("frank"))
        try roundTrip(Approval(order: hash, charter: hash, seat: alice, decision: .approve, reason: hash), by: "alice")
        try roundTrip(
            Approval(order: hash, charter: hash, seat: alice, decision: .narrow, confirming: hash, reason: hash),
            by: "alice"
        )
        for target in [Stop.Target.halt(hash), .objection(hash), .revoke(alice, since: try council.time())] {
            try roundTrip(Stop(genesis: hash, seat: frank, target: target), by: "frank")
        }
        try roundTrip(
            NoStop(
                order: hash,
                charter: hash,
                seat: frank,
                head: TreeHead(size: 7, root: hash),
                time: try council.time()
            ),
            by: "frank"
        )
        try roundTrip(CharterApproval(charter: hash, previous: hash, seat: frank), by: "frank")
    }

    @Test("one kind isn't another")
    func kindsApart() throws {
        let hash = Story.hash("x")
        let alice = try Council.name("alice")
        let approval = try council.passkey("alice").sign(
            Approval(order: hash, charter: hash, seat: alice, decision: .approve, reason: hash)
        )
        #expect(throws: StatementRefusal.wrongHeader) { try Signed<Stop>(parsing: approval.text) }
        #expect(throws: StatementRefusal.wrongHeader) { try Signed<CharterApproval>(parsing: approval.text) }
        #expect(throws: StatementRefusal.wrongHeader) { try Signed<NoStop>(parsing: approval.text) }
    }

    @Test("values that don't belong on their line")
    func values() throws {
        let hash = Story.hash("x")
        let alice = try Council.name("alice")
        let text = String(
            decoding: try council.passkey("alice").sign(
                Approval(order: hash, charter: hash, seat: alice, decision: .approve, reason: hash)
            ).text,
            as: UTF8.self
        )
        func expect(_ refusal: StatementRefusal, _ part: String, _ other: String) {
            let changed = text.replacing(part, with: other, maxReplacements: 1)
            #expect(changed != text)
            #expect(throws: refusal) { try Signed<Approval>(parsing: Array(changed.utf8)) }
        }
        expect(.invalidValue(.order), "order \(hash.text)", "order \(hash.text.uppercased())")
        expect(.invalidValue(.seat), "seat alice", "seat Alice")
        expect(.invalidValue(.decision), "decision approve", "decision yes")
        expect(.invalidValue(.stage), "stage intend", "stage maybe")
        expect(.invalidValue(.intend), "intend none", "intend \(hash.text)")
        expect(.invalidValue(.intend), "stage intend", "stage confirm")
        expect(.invalidValue(.credential), "credential ", "credential =")
        expect(.invalidValue(.clientData), "client-data ", "client-data !")
        expect(.missingLine(.seat), "seat alice", "seat alice bob")
        #expect(throws: StatementRefusal.trailingText) { try Signed<Approval>(parsing: Array((text + "x y\n").utf8)) }
        #expect(throws: StatementRefusal.tooLong) {
            try Signed<Approval>(parsing: Array((text + String(repeating: "x", count: 16_384)).utf8))
        }
    }
}
