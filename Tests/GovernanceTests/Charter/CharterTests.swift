// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("Charters")
struct CharterTests {
    private let text: String

    init() throws { text = try Council().charterText }

    private func read(_ text: String) throws -> Charter {
        try Charter(parsing: Array(text.utf8), with: NativeCrypto.self)
    }

    private func expect(
        _ rule: CharterRule,
        _ part: String,
        _ other: String,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let changed = text.replacing(part, with: other, maxReplacements: 1)
        #expect(changed != text, sourceLocation: location)
        do {
            _ = try read(changed)
            Issue.record("accepted: \(other)", sourceLocation: location)
        } catch let refusal as CharterRefusal {
            #expect(refusal.rule == rule, sourceLocation: location)
        } catch {
            Issue.record(error, sourceLocation: location)
        }
    }

    private func line(_ beginning: String) -> String {
        text.split(separator: "\n").first { $0.hasPrefix(beginning) }.map { String($0) + "\n" } ?? ""
    }

    @Test("what is read is what was written, byte for byte")
    func canonical() throws {
        let charter = try read(text)
        #expect(charter.text == Array(text.utf8))
        #expect(charter.seats.count == Council.people.count && charter.version == 1)
        #expect(charter.hash(with: NativeCrypto.self) == .of(document: Array(text.utf8), with: NativeCrypto.self))
    }

    @Test("how a charter is written")
    func writing() throws {
        expect(.wrongHeader, "vigil-charter/v1", "vigil-charter/v2")
        expect(.unknownKeyword, "quorum halt", "majority halt")
        expect(.unknownKeyword, "deployment ", "deployments ")
        expect(.unknownKeyword, line("quorum halt"), line("quorum halt") + line("quorum disclose "))
        expect(.wrongItemCount, "group external-one 1 frank grace", "group external-one 1")
        expect(.wrongItemCount, "timelock disclose 72h", "timelock disclose 72h 72h")
        expect(.wrongItemCount, "quorum halt stop", "quorum halt  stop")
        expect(.invalidItem, "version 1\n", "version 01\n")
        expect(.invalidItem, "seat alice counsel", "seat alice judge")
        expect(.invalidItem, "seat alice counsel firm-a NL", "seat alice counsel firm-a nl")
        expect(.invalidItem, "seat alice ", "seat outside ")
        expect(.invalidItem, "timelock disclose 72h", "timelock disclose 0h")
        expect(.invalidItem, "distinct disclose jurisdiction 3", "distinct disclose jurisdiction 1")
        expect(.malformedLine, "seat alice", "seat alic\u{E9}")
        expect(.malformedLine, "group few", "\ngroup few")
        expect(
            .notCanonical,
            "exclude disclose requester-jurisdiction proposer",
            "exclude disclose proposer requester-jurisdiction"
        )
        #expect(throws: CharterRefusal.self) { try read(String(text.dropLast())) }
        #expect(throws: CharterRefusal.self) { try read("# a charter\n" + text) }
        do {
            _ = try read(text + String(repeating: "x", count: Charter.longest))
            Issue.record("accepted")
        } catch let refusal as CharterRefusal {
            #expect(refusal.rule == .tooLarge)
        }
    }

    @Test("what can never be ordered is refused by name", arguments: NeverListed.allCases)
    func never(_ act: NeverListed) throws {
        expect(.neverOrderable(act), line("quorum halt"), "quorum \(act.text) many\n" + line("quorum halt"))
    }

    @Test("the whole")
    func whole() throws {
        let hash = String(repeating: "ab", count: 32)
        expect(.wrongPrevious, "prev none", "prev \(hash)")
        expect(.wrongPrevious, "version 1\n", "version 2\n")
        expect(.expiresBeforeIssue, line("expires"), line("issued").replacing("issued", with: "expires"))
        expect(.expiryTooFar, line("expires"), "expires 2027-11-15T00:00:00Z\n")
    }

    @Test("one person has one seat, with keys that stay where they are")
    func seats() throws {
        let charter = try read(text)
        let (alice, bob) = (
            try #require(charter.seat(Council.name("alice"))), try #require(charter.seat(Council.name("bob")))
        )
        expect(.personTwice, bob.holder.text, alice.holder.text)
        let keys = line("credential alice").split(separator: " ")
        let others = line("credential bob").split(separator: " ")
        expect(.personTwice, String(others[4]), String(keys[4]))
        expect(.personTwice, String(others[5]), String(keys[5]))
        expect(.tooFewCredentials, line("credential alice"), "")
        expect(
            .syncedCredential,
            line("credential alice"),
            line("credential alice").replacing("device-bound", with: "synced")
        )
        expect(
            .invalidItem,
            line("credential alice"),
            line("credential alice").replacing("device-bound", with: "bound")
        )
        expect(.invalidItem, line("credential alice"), line("credential bob"))
        let point = String(keys[5])
        expect(.invalidKey, point, String(point.dropLast(2)) + "00")
        expect(.invalidKey, point, "02" + point.dropFirst(2))
        for (origin, rpID) in [
            ("https://meet.example", "approve.localhost"), ("https://login.example", "login.example"),
            ("http://approve.example", "approve.example"), ("https://approve.example/x", "approve.example"),
            ("https://approve.example:0", "approve.example"), ("https://approve.example.evil", "approve.example"),
            ("https://approve.-x", "approve.-x"), ("https://approve.", "approve."),
        ] {
            expect(.wrongOrigin, "http://approve.localhost:8443 approve.localhost", "\(origin) \(rpID)")
        }
        let good = text.replacing(
            "http://approve.localhost:8443 approve.localhost",
            with: "https://approve.firm.example approve.firm.example"
        )
        #expect(throws: Never.self) { try read(good) }
        let term = line("seat alice")
        expect(.untilBeforeSince, term, term.replacing(" -\n", with: " 2020-01-01T00:00:00Z\n"))
    }

    @Test("groups")
    func groups() throws {
        expect(.duplicateName, "group few 2", "group alice 2")
        expect(.duplicateName, line("seat bob"), line("seat bob").replacing("seat bob", with: "seat alice"))
        expect(.undefinedName, "group external-one 1 frank", "group external-one 1 frank zoe")
        expect(.undefinedName, "group few 2 counsel-two", "group few 2 few counsel-two")
        expect(.invalidThreshold, "group external-one 1 ", "group external-one 3 ")
        expect(.invalidThreshold, "group external-one 1 ", "group external-one 0 ")
        expect(.memberTwice, "group external-one 1 frank", "group external-one 1 frank frank")
        expect(
            .memberTwice,
            "group few 2 counsel-two external-one",
            "group few 2 counsel-two counsel-three external-one"
        )
        var nested = "group deep-1 1 alice bob\n"
        for depth in 2...9 { nested += "group deep-\(depth) 1 deep-\(depth - 1)\n" }
        expect(.tooDeep, "group counsel-two", nested + "group counsel-two")
        var many = ""
        for number in 0...Charter.mostOfAKind { many += "group many-\(number) 1 alice\n" }
        expect(.tooLarge, "group counsel-two", many + "group counsel-two")
    }

    @Test("floors that no charter can lower")
    func floors() throws {
        expect(.wrongRole(.disclose), "group counsel-three 3 alice", "group counsel-three 3 cora")
        expect(.wrongRole(.charter), "quorum charter keepers", "quorum charter many")
        expect(.wrongRole(.halt), "group any-two 2 cora", "group any-two 2 lee cora")
        expect(.oneSeatSuffices(.discloseEmergency), "group few 2", "group few 1")
        expect(.oneSeatSuffices(.charter), "group keepers 3", "group keepers 1")
        expect(.distinctUnreachable(.eject), "distinct eject jurisdiction 3", "distinct eject jurisdiction 9")
        expect(.distinctUnreachable(.eject), "distinct eject organisation 2", "distinct eject organisation 9")
        for action in Action.allCases where action.actsOnSomebody {
            expect(
                .exclusionMissing(action),
                line("exclude \(action.text)"),
                "exclude \(action.text) requester-jurisdiction proposer\n"
            )
            expect(.exclusionMissing(action), line("exclude \(action.text)"), "")
            expect(.timelockMissing(action), line("timelock \(action.text) "), "")
            expect(.timelockTooShort(action), line("timelock \(action.text) "), "timelock \(action.text) 59m\n")
            expect(.wrongNotice(action), line("notice \(action.text) "), "")
            expect(.wrongExpiry(action), line("expiry \(action.text) "), "")
            expect(.wrongExpiry(action), line("expiry \(action.text) "), "expiry \(action.text) 31d\n")
        }
        expect(.timelockTooShort(.charter), "timelock charter 14d", "timelock charter 13d")
        expect(.timelockMissing(.charter), "timelock charter 14d\n", "")
        for other in ["notice charter at-once\n", "embargo charter 1d\n"] {
            expect(.wrongNotice(.charter), "timelock charter 14d\n", "timelock charter 14d\n" + other)
        }
        expect(.wrongEffect(.charter), "timelock charter 14d\n", "timelock charter 14d\neffect charter fields 1\n")
        expect(.wrongExpiry(.charter), "timelock charter 14d\n", "timelock charter 14d\nexpiry charter 1d\n")
        expect(
            .exclusionMissing(.charter),
            "timelock charter 14d\n",
            "exclude charter proposer\ntimelock charter 14d\n"
        )
        expect(.wrongNotice(.suspend), "notice suspend before 72h", "notice suspend at-once")
        expect(.wrongNotice(.disclose), "notice disclose before 24h", "notice disclose before 59m")
        expect(.wrongNotice(.eject), "notice eject at-once", "notice eject before 1h")
        expect(.embargoTooLong(.disclose), "embargo disclose 366d", "embargo disclose 367d")
        expect(.embargoTooLong(.discloseEmergency), "embargo disclose-emergency 30d", "embargo disclose-emergency 31d")
        expect(
            .wrongEffect(.discloseEmergency),
            "effect disclose-emergency fields 3",
            "effect disclose-emergency fields 4"
        )
        expect(.wrongEffect(.suspend), "effect suspend term 30d", "effect suspend term 31d")
        expect(.wrongEffect(.suspend), "effect suspend term 30d\n", "")
        expect(.wrongEffect(.disclose), "effect disclose fields 8", "effect disclose term 8d")
        expect(.invalidItem, "effect disclose fields 8", "effect disclose fields 17")
        expect(.wrongEffect(.eject), line("expiry eject"), "effect eject fields 1\n" + line("expiry eject"))
        expect(.reducingPowerIsSlow(.halt), "quorum halt stop\n", "quorum halt stop\ntimelock halt 1h\n")
        expect(
            .reducingPowerIsSlow(.seatRevoke),
            "quorum seat-revoke stop\n",
            "quorum seat-revoke stop\ndistinct seat-revoke jurisdiction 2\n"
        )
        expect(.nothingStopsActs, "quorum halt stop\n", "")
        expect(.nothingStopsActs, "quorum seat-revoke stop\n", "")
        expect(.advocateCannotHalt, "group advocate-any 1 ada", "group advocate-any 2 ada")
    }

    @Test("random lines are refused, not trapped on")
    func noise() throws {
        var randomness = SeededRandomness(seed: 77)
        let bytes = Array(text.utf8)
        for _ in 0..<2_000 {
            var changed = bytes
            for _ in 0..<(1 + Int(randomness.next() % 3)) {
                let index = Int(randomness.next() % UInt64(changed.count))
                switch randomness.next() % 3 {
                case 0: changed[index] = UInt8(truncatingIfNeeded: randomness.next())
                case 1: changed.remove(at: index)
                default: changed.insert(bytes[Int(randomness.next() % UInt64(bytes.count))], at: index)
                }
            }
            if let read = try? Charter(parsing: changed, with: NativeCrypto.self) { #expect(read.text == changed) }
        }
    }
}
