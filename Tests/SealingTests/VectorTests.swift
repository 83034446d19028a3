// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import TestSupport
import Testing
import Transparency

@testable import Accounts
@testable import Sealing

/// Files of our own, with what each must give: `Tests/Fixtures/sealing`. `scripts/verify-sealed --cases` judges the same without our code.
///
/// Made by ``make()`` (`VIGIL_MAKE_FIXTURES=1`). Everything but passkeys' signatures is the same in every run.
@Suite("Sealed files that others open too")
struct VectorTests {
    private static let folder = "sealing"
    /// Of whom `cases.txt` has releases.
    private static let releasing = ["cleo", "dora", "gus"]

    /// `KIND CHANGE RESULT FILE MORE…`: a change is of the first file, at an offset, by exclusive or.
    private struct Case {
        let kind: String
        let change: String
        let result: String
        let rest: [String]

        init(_ line: Substring) throws {
            let items = line.split(separator: " ").map(String.init)
            try #require(items.count >= 4)
            (kind, change, result, rest) = (items[0], items[1], items[2], Array(items[3...]))
        }

        func file(_ place: Int) throws -> [UInt8] {
            var file = try Fixtures.bytes("\(folder)/\(rest[place])")
            let items = change.split(separator: ":").compactMap { Int($0) }
            if place == 0, items.count == 2 { file[items[0]] ^= UInt8(items[1]) }
            return file
        }

        func hex(_ place: Int) -> [UInt8] { Hex.bytes(rest[place]) }
    }

    @Test("every case gives what it must")
    func cases() throws {
        if ProcessInfo.processInfo.environment["VIGIL_MAKE_FIXTURES"] != nil { try VectorTests.make() }
        let lines = try Fixtures.text("\(VectorTests.folder)/cases.txt").split(separator: "\n")
        #expect(lines.count > 100)
        for line in lines {
            let found = try Case(line)
            #expect(try VectorTests.result(found) == found.result, "\(line)")
        }
    }

    /// What is opened, as `name:hex` joined by commas; `sound`; or `refused`.
    private static func result(_ given: Case) throws -> String {
        do {
            switch given.kind {
            case "owner":
                let record = try SealedRecord(parsing: given.file(0), with: NativeCrypto.self)
                let secret = try #require(AccountSecret(Secret(given.hex(1))))
                return text(try record.open(by: secret, with: NativeCrypto.self))
            case "custodian":
                let record = try SealedRecord(parsing: given.file(1), with: NativeCrypto.self)
                let shares = try SealedShares(parsing: given.file(0))
                try Custodian<NativeCrypto>(
                    of: record,
                    shares: shares,
                    keyPair: keyPair(given.hex(2)),
                    genesis: record.genesis
                ).check()
                return "sound"
            case "account":
                let file = try AccountFile(parsing: given.file(0), with: NativeCrypto.self)
                let words = given.rest[1].split(separator: "-").compactMap { UInt16($0) }
                guard let code = PaperCode(words: words, with: NativeCrypto.self) else { return "refused" }
                let secret = try file.open(with: .paper(code), crypto: NativeCrypto.self)
                return "secret:" + secret.root.withBytes { Hexadecimal.text($0) }
            default:
                return try recipient(given)
            }
        } catch is RecordRefusal {
            return "refused"
        } catch is ReleaseRefusal {
            return "refused"
        } catch is CryptoRefusal {
            return "refused"
        } catch is AccountRefusal {
            return "refused"
        } catch is WrappingRefusal {
            return "refused"
        } catch is StatementRefusal {
            return "refused"
        }
    }

    /// The first release of three is the one that is changed. That the order is lawful isn't these vectors' matter.
    private static func recipient(_ given: Case) throws -> String {
        let record = try SealedRecord(parsing: given.file(1), with: NativeCrypto.self)
        let order = try Order(parsing: given.file(2))
        let charter = try Charter(parsing: given.file(3), with: NativeCrypto.self)
        guard case .fields(let fields, let name, let key) = order.scope,
            name == record.id(with: NativeCrypto.self), order.charter == charter.hash(with: NativeCrypto.self)
        else { return "refused" }
        let keyPair = try keyPair(given.hex(4))
        guard key == keyPair.publicKey else { return "refused" }
        var shares: [[(place: UInt8, share: Secret)]] = fields.map { _ in [] }
        for place in [0, 5, 6] {
            let (released, signed) = try split(given.file(place))
            guard
                signed.statement == released.statement(under: order.charter, with: NativeCrypto.self),
                released.order == order.hash(with: NativeCrypto.self), released.record == name,
                released.key == key, released.shares.map({ $0.field }) == fields,
                (try? signed.verify(under: charter, with: NativeCrypto.self)) != nil
            else { return "refused" }
            for (index, part) in released.shares.enumerated() {
                let info = ReleasedShares.info(released.order, name, released.place, released.seat, part.field)
                let share = try part.share.open(with: keyPair, info: info, crypto: NativeCrypto.self)
                let field = try #require(record.field(part.field))
                try record.check(
                    share,
                    of: field,
                    place: released.place,
                    from: released.seat,
                    with: NativeCrypto.self
                )
                shares[index].append((released.place, share))
            }
        }
        var opened: [OpenedField] = []
        for (name, three) in zip(fields, shares) {
            guard let secret = SecretSharing.combine(three), let field = record.field(name) else { return "refused" }
            let found = FieldSecret<NativeCrypto>(secret, record.context(of: name))
            guard try found.commitment() == field.commitment else { return "refused" }
            opened.append(OpenedField(name: name, content: Redacted(try found.open(field.ciphertext))))
        }
        return text(opened)
    }

    /// A release as a file: the released shares, an empty line, the signed statement.
    private static func split(_ file: [UInt8]) throws -> (ReleasedShares, Signed<ShareRelease>) {
        guard let release = ReleaseFile(parsing: file) else { throw RecordRefusal.trailingText }
        return (try ReleasedShares(parsing: release.shares), try Signed(parsing: release.signed))
    }

    private static func keyPair(_ privateKey: [UInt8]) throws -> HPKEKeyPair {
        let key = Secret(privateKey)
        return HPKEKeyPair(privateKey: key, publicKey: try NativeCrypto.publicKey(.x25519, of: key))
    }

    private static func text(_ fields: [OpenedField]) -> String {
        fields.map { "\($0.name.text):\(Hexadecimal.text($0.content.value))" }.joined(separator: ",")
    }

    // Making them

    private static func make() throws {
        let vault = try Vault()
        var randomness = SeededRandomness(seed: 6)
        var lines: [String] = []
        func hex(_ secret: Secret) -> String { secret.withBytes { Hexadecimal.text($0) } }
        func write(_ bytes: [UInt8], _ name: String) throws { try Fixtures.write(bytes, to: "\(folder)/\(name)") }
        func add(_ kind: String, _ rest: [String], length: Int, changes: Int) throws {
            for number in 0...changes {
                let change =
                    number == 0
                    ? "none" : "\(randomness.next() % UInt64(length)):\(1 << (randomness.next() % 8) as UInt64)"
                let line = "\(kind) \(change) unknown \(rest.joined(separator: " "))"
                let found = try result(Case(Substring(line)))
                lines.append(line.replacing(" unknown ", with: " \(found) "))
            }
        }
        try write(vault.record.text, "record.txt")
        try add("owner", ["record.txt", hex(vault.secret.root)], length: vault.record.text.count, changes: 24)
        for (name, shares) in zip(Vault.custodians, vault.shares) {
            try write(shares.text, "\(name).shares")
            let key = hex(try vault.keyPair(name).privateKey)
            try add("custodian", ["\(name).shares", "record.txt", key], length: shares.text.count, changes: 8)
        }
        let story = try vault.story(fields: ["contact", "postal"])
        let permit = try story.verify()
        try write(story.order, "order.txt")
        try write(Array(vault.council.charterText.utf8), "charter.txt")
        var length = 0
        for name in releasing {
            let released = try vault.release(name, under: permit)
            let file = ReleaseFile(shares: released.text, signed: try vault.sign(released).text).text
            length = file.count
            try write(file, "\(name).release")
        }
        let files = releasing.map { "\($0).release" }
        let others = ["record.txt", "order.txt", "charter.txt", hex(vault.recipient.privateKey)]
        try add("recipient", [files[0]] + others + files.dropFirst(), length: length - 8, changes: 32)
        // Two are too few, also if one comes twice.
        try add("recipient", [files[0]] + others + [files[0], files[1]], length: length - 8, changes: 0)
        // For the command line, which judges the order itself.
        try write(try #require(try story.bundle().encoded), "disclose.bundle")
        try write(vault.council.log.checkpoint(at: vault.council.now), "disclose.checkpoint")
        try write(Array((hex(vault.recipient.privateKey) + "\n").utf8), "recipient.key")
        try write(Array((hex(try vault.keyPair("dora").privateKey) + "\n").utf8), "dora/document-key")
        let known = "\(vault.council.genesis.text) \(Hexadecimal.text(vault.salt))\n"
        try write(Array(known.utf8), "genesis-and-salt.txt")
        let code = PaperCode(using: &randomness)
        let account = try AccountFile(
            AccountCertificate(
                of: vault.secret,
                genesis: vault.council.genesis,
                now: vault.council.time(),
                with: NativeCrypto.self
            ),
            vault.secret,
            under: .paper(code),
            salt: randomness.bytes(32),
            with: NativeCrypto.self
        )
        try write(account.text, "account.txt")
        let words = code.words(with: NativeCrypto.self).map { "\($0)" }.joined(separator: "-")
        try add("account", ["account.txt", words], length: account.text.count, changes: 24)
        try write(Array((lines.joined(separator: "\n") + "\n").utf8), "cases.txt")
    }
}
