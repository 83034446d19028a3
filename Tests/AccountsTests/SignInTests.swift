// SPDX-License-Identifier: Apache-2.0

import Accounts
import Base
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import TestSupport
import Testing
import Transparency

@Suite("Signing in")
struct SignInTests {
    static let origin = Array("https://meet.example".utf8)

    let genesis = Story.hash("genesis")
    let secret: AccountSecret
    let certificate: AccountCertificate
    var randomness = SeededRandomness(seed: 31)
    var desk: SignInDesk<NativeCrypto>
    var now = Council.beginning

    init() throws {
        secret = AccountSecret(using: &randomness)
        certificate = try AccountCertificate(
            of: secret,
            genesis: genesis,
            now: #require(EntryTime(seconds: now)),
            with: NativeCrypto.self
        )
        desk = SignInDesk(genesis: genesis, origin: SignInTests.origin, key: .random(32, using: &randomness))
    }

    private func time() throws -> EntryTime { try #require(EntryTime(seconds: now)) }

    private mutating func challenge() throws -> [UInt8] { desk.challenge(now: try time(), using: &randomness) }

    private func answer(_ challenge: [UInt8], at origin: [UInt8] = origin) throws -> SignIn {
        try SignIn(by: secret, at: origin, genesis: genesis, challenge: challenge, with: NativeCrypto.self)
    }

    /// What the node says: `nil` is a welcome.
    private mutating func refusal(_ signIn: SignIn, suspensions: [Suspension] = []) throws -> SignInRefusal? {
        do throws(SignInRefusal) {
            let time = EntryTime(seconds: now) ?? certificate.made
            let key = try desk.accept(signIn, certificate: certificate, suspensions: suspensions, now: time)
            return key == certificate.key ? nil : .otherAccount
        } catch {
            return error
        }
    }

    @Test("a challenge is answered once, in two minutes")
    mutating func once() throws {
        let first = try answer(challenge())
        #expect(try SignIn(parsing: first.text) == first)
        #expect(try refusal(first) == nil)
        #expect(try refusal(first) == .answeredAlready)
        let second = try answer(challenge())
        now += 119
        #expect(try refusal(second) == nil)
        #expect(try refusal(first) == .answeredAlready)
        let third = try answer(challenge())
        now += 120
        #expect(try refusal(third) == .expired)
        // Still refused when nobody remembers it any more.
        now += 1_000
        for old in [first, second, third] { #expect(try refusal(old) == .expired) }
        #expect(try refusal(answer(challenge())) == nil)
    }

    @Test("a challenge from the future, of another node, made up")
    mutating func foreign() throws {
        let ahead = try answer(challenge())
        now -= 1
        #expect(try refusal(ahead) == .expired)
        now += 1
        let other = SignInDesk<NativeCrypto>(
            genesis: genesis,
            origin: SignInTests.origin,
            key: .random(32, using: &randomness)
        )
        #expect(try refusal(answer(other.challenge(now: time(), using: &randomness))) == .foreignChallenge)
        #expect(try refusal(answer([UInt8](repeating: 0, count: 40))) == .foreignChallenge)
        #expect(try refusal(answer([])) == .foreignChallenge)
        var changed = try challenge()
        for place in changed.indices {
            changed[place] ^= 1
            #expect(try refusal(answer(changed)) == .foreignChallenge)
            changed[place] ^= 1
        }
    }

    @Test("an answer that another node passes on says that it was for that node")
    mutating func passedOn() throws {
        let evil = try answer(challenge(), at: Array("https://evil.example".utf8))
        #expect(try refusal(evil) == .otherOrigin)
        let text = String(decoding: evil.text, as: UTF8.self).replacing("evil.example", with: "meet.example")
        #expect(try refusal(SignIn(parsing: Array(text.utf8))) == .wrongSignature)
        let elsewhere = try SignIn(
            by: secret,
            at: SignInTests.origin,
            genesis: Story.hash("other"),
            challenge: challenge(),
            with: NativeCrypto.self
        )
        #expect(try refusal(elsewhere) == .otherDeployment)
        let stranger = AccountSecret(using: &randomness)
        let other = try SignIn(
            by: stranger,
            at: SignInTests.origin,
            genesis: genesis,
            challenge: challenge(),
            with: NativeCrypto.self
        )
        #expect(try refusal(other) == .otherAccount)
    }

    @Test("one bit of any byte flipped isn't accepted")
    mutating func flipped() throws {
        let text = try answer(challenge()).text
        for place in text.indices {
            var changed = text
            changed[place] ^= 1 << UInt8(place % 8)
            guard let signIn = try? SignIn(parsing: changed) else { continue }
            #expect(try refusal(signIn) != nil)
        }
        #expect(try refusal(SignIn(parsing: text)) == nil)
        let long = text + [UInt8](repeating: 0x78, count: SignIn.longest)
        #expect(throws: AccountRefusal.tooLong) { try SignIn(parsing: long) }
    }

    @Test("what is remembered is bounded, and forgotten in time")
    mutating func bounded() throws {
        #expect(try refusal(answer(challenge())) == nil)
        desk.fill()
        let late = try answer(challenge())
        #expect(try refusal(late) == .busy)
        now += 120
        #expect(try refusal(answer(challenge())) == nil)
    }
}
