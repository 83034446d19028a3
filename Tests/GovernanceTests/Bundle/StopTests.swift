// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

@Suite("Stops")
struct StopTests {
    private let story: Story
    private let council: Council

    init() throws {
        story = try Story.complete(.eject)
        council = story.council
    }

    private func expect(
        _ refusal: PermitRefusal?,
        _ stops: [Signed<Stop>],
        _ location: SourceLocation = #_sourceLocation
    ) {
        do {
            _ = try story.verify(stops: stops)
            #expect(refusal == nil, sourceLocation: location)
        } catch let found as PermitRefusal {
            #expect(found == refusal, sourceLocation: location)
        } catch {
            Issue.record(error, sourceLocation: location)
        }
    }

    @Test("one advocate's signed word is enough, logged or not")
    func advocate() throws {
        let hash = try story.nonceHash()
        let ada = try Council.name("ada")
        expect(.stopped([ada]), [try council.stop("ada", .halt(hash))])
        expect(.stopped([ada]), [try council.stop("ada", .objection(hash))])
    }

    @Test("two officers; one isn't enough, unless it is an approver's own")
    func officers() throws {
        let hash = try story.nonceHash()
        expect(nil, [try council.stop("eve", .halt(hash))])
        expect(nil, [try council.stop("eve", .halt(hash)), try council.stop("eve", .objection(hash))])
        expect(
            .stopped([try Council.name("eve"), try Council.name("grace")]),
            [try council.stop("eve", .halt(hash)), try council.stop("grace", .halt(hash))]
        )
        expect(.approval(.withdrawn(try Council.name("bob"))), [try council.stop("bob", .objection(hash))])
    }

    @Test("words of nobody, of another deployment, or about another order stop nothing")
    func others() throws {
        let hash = try story.nonceHash()
        let ada = try Council.name("ada")
        expect(nil, [try council.stop("ada", .halt(Story.hash("x")))])
        expect(nil, [try council.stop("lee", .halt(hash))])
        let foreign = Stop(genesis: Story.hash("x"), seat: ada, target: .halt(hash))
        expect(nil, [try council.passkey("ada").sign(foreign)])
        let forged = Stop(genesis: council.genesis, seat: ada, target: .halt(hash))
        expect(nil, [try council.passkey("eve").sign(forged)])
        expect(nil, [Signed(forged, try council.passkey("ada").assertion(over: [UInt8](repeating: 1, count: 32)))])
    }

    @Test("halts in the log: in the case, and in any other")
    func logged() throws {
        let hash = try story.nonceHash().text
        let one = Story(council, seed: 99)
        try one.open()
        try one.propose(one.draft(.eject))
        // Eve alone, then an advocate.
        _ = try one.log(.objection, [(.actor, "eve"), (.nonceHash, hash)])
        expect(nil, [])
        _ = try one.log(.halt, [(.actor, "ada"), (.nonceHash, hash)])
        expect(.stopped([try Council.name("eve"), try Council.name("ada")]), [])
        let own = try Story.complete(.eject)
        try own.log(.halt, [(.actor, "abel"), (.nonceHash, own.nonceHash().text)])
        #expect(throws: PermitRefusal.stopped([try Council.name("abel")])) { try own.verify() }
    }

    @Test("one logged before it was approved ends the case there")
    func early() throws {
        let story = Story(try Council())
        try story.propose(.eject)
        try story.log(.halt, [(.actor, "ada"), (.nonceHash, story.nonceHash().text)])
        let index = story.council.log.entries.count
        try story.intendAll(["alice", "bob", "frank"])
        try story.confirmAll(["alice", "bob", "frank"])
        #expect(throws: PermitRefusal.caseRule(UInt64(index), .outOfTurn(.halted))) { try story.verify() }
        let proposed = Story(try Council())
        try proposed.open()
        try proposed.council.mark()
        proposed.wait(60)
        try proposed.propose(proposed.draft(.eject))
        for name in ["alice", "bob", "frank"] {
            proposed.keep(try proposed.council.passkey(name).sign(try proposed.statement(name)))
            let confirm = try proposed.statement(name, confirming: Story.hash("leaf"))
            proposed.keep(try proposed.council.passkey(name).sign(confirm))
        }
        try proposed.log(.halt, [(.actor, "ada"), (.nonceHash, proposed.nonceHash().text)])
        #expect(throws: PermitRefusal.stopped([try Council.name("ada")])) { try proposed.verify() }
    }

    @Test("a seat whose voice was taken away")
    func revoked() throws {
        let (alice, bob, cora) = (try Council.name("alice"), try Council.name("bob"), try Council.name("cora"))
        let now = try council.time()
        expect(.approval(.revoked(bob)), [try council.stop("ada", .revoke(bob, since: now))])
        expect(.proposerRevoked, [try council.stop("ada", .revoke(cora, since: now))])
        expect(nil, [try council.stop("eve", .revoke(bob, since: now))])
        expect(
            .approval(.revoked(alice)),
            [
                try council.stop("eve", .revoke(alice, since: now)),
                try council.stop("grace", .revoke(alice, since: now)),
            ]
        )
        // Not for ever, and not before it begins.
        let past = try council.time(council.now - 14 * 86_400 - 61)
        expect(nil, [try council.stop("ada", .revoke(bob, since: past))])
        expect(nil, [try council.stop("ada", .revoke(bob, since: try council.time(council.now + 120)))])
    }

    @Test("one seat silences two at most")
    func cap() throws {
        func since(_ minutes: UInt64) throws -> EntryTime { try council.time(council.now - 6_000 + minutes * 60) }
        let names = try ["carol", "dan", "bob"].map { try Council.name($0) }
        let three = try names.enumerated().map {
            try council.stop("ada", .revoke($0.element, since: since(UInt64($0.offset))))
        }
        expect(nil, three)
        expect(.approval(.revoked(names[2])), Array(three.dropFirst()))
    }

    @Test("a seat whose voice the log takes away, for 14 days")
    func loggedRevocation() throws {
        let council = try Council()
        _ = try council.append(.seat, [(.seat, "bob"), (.change, "revoke"), (.charterHash, council.charterHash.text)])
        _ = try council.append(.seat, [(.seat, "alice"), (.change, "add"), (.charterHash, council.charterHash.text)])
        try council.mark()
        council.now += 60
        let story = try Story.complete(.eject, council: council)
        #expect(throws: PermitRefusal.approval(.revoked(try Council.name("bob")))) { try story.verify() }
        story.wait(14 * 86_400)
        #expect(throws: Never.self) { try story.verify() }
    }
}
