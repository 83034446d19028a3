// SPDX-License-Identifier: Apache-2.0

import Accounts
import Base
import GovernanceSupport
import NativeCrypto
import TestSupport
import Testing
import Transparency

@Suite("An account's file")
struct AccountFileTests {
    let secret: AccountSecret
    let certificate: AccountCertificate
    let passkey: Unlock
    let paper: Unlock
    let salt: [UInt8]

    init() throws {
        var randomness = SeededRandomness(seed: 11)
        secret = AccountSecret(using: &randomness)
        certificate = try AccountCertificate(
            of: secret,
            genesis: Story.hash("genesis"),
            now: #require(EntryTime(seconds: Council.beginning)),
            with: NativeCrypto.self
        )
        passkey = .passkey(credential: randomness.bytes(32), output: .random(32, using: &randomness))
        paper = .paper(PaperCode(using: &randomness))
        salt = randomness.bytes(32)
    }

    private func file(_ unlock: Unlock) throws -> AccountFile {
        try AccountFile(certificate, secret, under: unlock, salt: salt, with: NativeCrypto.self)
    }

    private func opens(_ file: AccountFile, _ unlock: Unlock) throws -> Bool {
        let found = try file.open(with: unlock, crypto: NativeCrypto.self)
        return try found.key(with: NativeCrypto.self) == certificate.key
    }

    private func refusal(_ body: () throws -> Void) throws -> WrappingRefusal? {
        do {
            try body()
            return nil
        } catch let refusal as WrappingRefusal {
            return refusal
        }
    }

    @Test("several devices and paper unlock one account; a lost one is taken out")
    func devices() throws {
        var randomness = SeededRandomness(seed: 12)
        var file = try file(passkey)
        let second = Unlock.passkey(credential: randomness.bytes(16), output: .random(32, using: &randomness))
        try file.add(second, to: secret, salt: randomness.bytes(32), with: NativeCrypto.self)
        try file.add(paper, to: secret, salt: randomness.bytes(32), with: NativeCrypto.self)
        file = try AccountFile(parsing: file.text, with: NativeCrypto.self)
        for unlock in [passkey, second, paper] { #expect(try opens(file, unlock)) }
        try file.remove(credential: passkey.credential)
        #expect(try refusal { _ = try opens(file, passkey) } == .noSuchWrapping)
        #expect(try opens(file, second) && opens(file, paper))
        try file.remove(credential: nil)
        #expect(try refusal { try file.remove(credential: second.credential) } == .lastWrapping)
        #expect(try refusal { try file.remove(credential: nil) } == .noSuchWrapping)
    }

    @Test("another passkey's output, another code, another account's secret")
    func wrong() throws {
        var randomness = SeededRandomness(seed: 13)
        var file = try file(passkey)
        let credential = try #require(passkey.credential)
        let guess = Unlock.passkey(credential: credential, output: .random(32, using: &randomness))
        #expect(try refusal { _ = try opens(file, guess) } == .doesNotOpen)
        let short = Unlock.passkey(credential: credential, output: .random(15, using: &randomness))
        #expect(try refusal { _ = try opens(file, short) } == .shortOutput)
        let other = AccountSecret(using: &randomness)
        let salt = salt
        #expect(try refusal { try file.add(paper, to: other, salt: salt, with: NativeCrypto.self) } == .otherAccount)
        #expect(
            try refusal { try file.add(passkey, to: secret, salt: salt, with: NativeCrypto.self) } == .wrappedAlready
        )
        #expect(try refusal { try file.add(paper, to: secret, salt: [1], with: NativeCrypto.self) } == .wrongSalt)
        let tiny = Unlock.passkey(credential: [1], output: .random(32, using: &randomness))
        #expect(try refusal { try file.add(tiny, to: secret, salt: salt, with: NativeCrypto.self) } == .wrongCredential)
        try file.add(paper, to: secret, salt: salt, with: NativeCrypto.self)
        let otherCode = Unlock.paper(PaperCode(using: &randomness))
        #expect(try refusal { _ = try opens(file, otherCode) } == .doesNotOpen)
        while file.wrappings.count < AccountFile.mostWrappings {
            let more = Unlock.passkey(credential: randomness.bytes(16), output: .random(32, using: &randomness))
            try file.add(more, to: secret, salt: salt, with: NativeCrypto.self)
        }
        let last = Unlock.passkey(credential: randomness.bytes(16), output: .random(32, using: &randomness))
        #expect(try refusal { try file.add(last, to: secret, salt: salt, with: NativeCrypto.self) } == .tooMany)
    }

    @Test("one bit of any byte flipped: it isn't read, or doesn't open")
    func flipped() throws {
        let text = try file(passkey).text
        for place in text.indices {
            var changed = text
            changed[place] ^= 1 << UInt8(place % 8)
            guard let file = try? AccountFile(parsing: changed, with: NativeCrypto.self) else { continue }
            #expect(try refusal { _ = try opens(file, passkey) } != nil, "byte \(place)")
        }
    }

    @Test("the secret isn't in it")
    func sealed() throws {
        let text = String(decoding: try file(paper).text, as: UTF8.self)
        let other = try AccountFile(certificate, secret, under: paper, salt: salt, with: NativeCrypto.self)
        #expect(text == String(decoding: other.text, as: UTF8.self))
        #expect("\(secret.self)".contains("secret"))
        #expect(String(reflecting: certificate.key) == "account")
    }

    @Test("a paper code is 12 words; a mistaken word is found, 15 times of 16")
    func words() throws {
        var randomness = SeededRandomness(seed: 14)
        let code = PaperCode(using: &randomness)
        let words = code.words(with: NativeCrypto.self)
        #expect(words.count == 12 && words.allSatisfy { $0 < 2_048 })
        let again = try #require(PaperCode(words: words, with: NativeCrypto.self))
        #expect(again.words(with: NativeCrypto.self) == words)
        var file = try file(passkey)
        try file.add(.paper(code), to: secret, salt: salt, with: NativeCrypto.self)
        #expect(try opens(file, .paper(again)))
        var found = 0
        for wrong in 0..<256 as Range<UInt16> {
            var typed = words
            typed[3] = (typed[3] + 1 + wrong) % 2_048
            if PaperCode(words: typed, with: NativeCrypto.self) == nil { found += 1 }
        }
        #expect((220...255).contains(found))
        #expect(PaperCode(words: Array(words.dropLast()), with: NativeCrypto.self) == nil)
        #expect(PaperCode(words: words + [0], with: NativeCrypto.self) == nil)
        var large = words
        large[0] = 2_048
        #expect(PaperCode(words: large, with: NativeCrypto.self) == nil)
    }

    /// BIP 39's own first vector: 16 zero bytes are eleven times word 0, then word 3.
    @Test("words are counted as BIP 39 counts them")
    func numbering() throws {
        let zeros = [UInt16](repeating: 0, count: 11)
        let code = try #require(PaperCode(words: zeros + [3], with: NativeCrypto.self))
        #expect(code.words(with: NativeCrypto.self) == zeros + [3])
        for word in 0..<16 as Range<UInt16> where word != 3 {
            #expect(PaperCode(words: zeros + [word], with: NativeCrypto.self) == nil)
        }
        let ones = [UInt16](repeating: 2_047, count: 11)
        #expect(PaperCode(words: ones + [2_037], with: NativeCrypto.self) != nil)
    }

    @Test("the fingerprint is the key's, on every deployment")
    func fingerprint() throws {
        let words = certificate.key.fingerprint(with: NativeCrypto.self)
        #expect(words.count == AccountKey.fingerprintWords)
        let elsewhere = try AccountCertificate(
            of: secret,
            genesis: Story.hash("elsewhere"),
            now: certificate.made,
            with: NativeCrypto.self
        )
        #expect(elsewhere.key.fingerprint(with: NativeCrypto.self) == words)
        var randomness = SeededRandomness(seed: 15)
        let other = try AccountSecret(using: &randomness).key(with: NativeCrypto.self)
        #expect(other.fingerprint(with: NativeCrypto.self) != words)
    }
}
