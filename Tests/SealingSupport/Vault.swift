// SPDX-License-Identifier: Apache-2.0

public import Accounts
public import Base
public import Governance
public import GovernanceSupport
public import NativeCrypto
public import Sealing
public import TestSupport
public import Transparency

/// A council with custodians, and a person who has sealed three fields for them.
public final class Vault {
    /// Five to seal for, in the order of their places, and one more.
    public static let custodians = ["cleo", "dora", "emil", "fay", "gus"]
    public static let spare = "hana"
    public static let people: [Council.Person] =
        Council.people + [
            .init("cleo", .custodian, "vault-1", ["MT"]), .init("dora", .custodian, "vault-2", ["CZ"]),
            .init("emil", .custodian, "vault-3", ["UY"]), .init("fay", .custodian, "vault-4", ["ZA"]),
            .init("gus", .custodian, "vault-5", ["FJ"]), .init("hana", .custodian, "vault-6", ["KR"]),
        ]
    /// What is sealed.
    public static let contents = [
        "contact": "ada@example.net", "phone": "+00 0000 000000", "postal": "1 Example Street",
    ]

    public let council: Council
    public let secret: AccountSecret
    public let recipient: HPKEKeyPair
    /// Opens the subject of the orders below.
    public let salt: [UInt8]
    public let record: SealedRecord
    public let shares: [SealedShares]
    public var randomness: SeededRandomness
    private let keyPairs: [String: HPKEKeyPair]

    public init(people: [Council.Person] = Vault.people, seed: UInt64 = 77) throws {
        var randomness = SeededRandomness(seed: seed)
        let council = try Council(people: people)
        self.council = council
        secret = AccountSecret(using: &randomness)
        let hpke = HPKE<NativeCrypto>(Vault.suite)
        recipient = try hpke.generateKeyPair(using: &randomness)
        salt = randomness.bytes(32)
        var pairs: [String: HPKEKeyPair] = [:]
        for name in Vault.custodians + [Vault.spare] { pairs[name] = try hpke.generateKeyPair(using: &randomness) }
        keyPairs = pairs
        let keys = try Vault.custodians.map { try Vault.key($0, pairs, council) }
        let now = try council.time()
        (record, shares) = try SealedRecord.seal(
            Vault.contents.map { (try Council.name($0.key), Redacted(Array($0.value.utf8))) },
            by: secret,
            for: Custodians(keys, under: Vault.inForce(council), now: now, with: NativeCrypto.self),
            now: now,
            until: council.time(council.now + SealedRecord.longestRetention),
            using: &randomness,
            with: NativeCrypto.self
        )
        self.randomness = randomness
    }

    public static var suite: HPKESuite { HPKESuite(kem: .dhkemX25519SHA256, kdf: .sha256, aead: .aes256GCM) }

    public static func inForce(_ council: Council) throws -> CharterInForce {
        guard let now = CosignatureTime(seconds: council.now) else { throw SupportFailure.notATime }
        return try CharterInForce(chain: council.chain, genesis: council.genesis, now: now, with: NativeCrypto.self)
    }

    public func inForce() throws -> CharterInForce { try Vault.inForce(council) }

    public var id: DocumentHash { record.id(with: NativeCrypto.self) }

    public func account() throws -> AccountKey { try secret.key(with: NativeCrypto.self) }

    public func keyPair(_ name: String) throws -> HPKEKeyPair {
        guard let pair = keyPairs[name] else { throw SupportFailure.missing(name) }
        return pair
    }

    /// A custodian's key, signed by the seat's passkey, or by whose a test says.
    public func seatKey(_ name: String, signedBy other: String? = nil) throws -> Signed<SeatKey> {
        try Vault.key(name, signedBy: other, keyPairs, council)
    }

    private static func key(
        _ name: String,
        signedBy other: String? = nil,
        _ pairs: [String: HPKEKeyPair],
        _ council: Council
    ) throws -> Signed<SeatKey> {
        guard let pair = pairs[name] else { throw SupportFailure.missing(name) }
        return try sign(council.genesis, name, pair.publicKey, by: other ?? name, council)
    }

    /// Any key for a seat, signed by any passkey.
    public func seatKey(
        _ name: String,
        key: [UInt8],
        genesis: DocumentHash? = nil
    ) throws -> Signed<SeatKey> {
        try Vault.sign(genesis ?? council.genesis, name, key, by: name, council)
    }

    private static func sign(
        _ genesis: DocumentHash,
        _ name: String,
        _ key: [UInt8],
        by other: String,
        _ council: Council
    ) throws -> Signed<SeatKey> {
        let seat = try Council.name(name)
        guard let statement = SeatKey(genesis: genesis, seat: seat, key: key, since: try council.time()) else {
            throw SupportFailure.missing("32 bytes")
        }
        return try council.passkey(other).sign(statement)
    }

    public func custodian(_ name: String, shares other: SealedShares? = nil) throws -> Custodian<NativeCrypto> {
        guard let shares = try other ?? shares.first(where: { $0.seat == (try Council.name(name)) }) else {
            throw SupportFailure.missing(name)
        }
        return try Custodian(of: record, shares: shares, keyPair: keyPair(name), genesis: council.genesis)
    }

    /// A lawful case about this record, up to where it may be executed.
    public func story(
        _ action: Action = .disclose,
        fields: [String] = ["contact"],
        council other: Council? = nil,
        approvers: [String]? = nil,
        seed: UInt64 = 5,
        edit: (inout OrderText) -> Void = { _ in }
    ) throws -> Story {
        let subject = AccountSubject.commitment(
            to: try account(),
            genesis: (other ?? council).genesis,
            salt: salt,
            with: NativeCrypto.self
        )
        return try Story.complete(action, council: other ?? council, by: approvers, seed: seed) { text in
            text["subject"] = subject?.text ?? ""
            if action == .suspend { text["evidence-author"] = text["subject"] }
            if action.discloses {
                text["record"] = self.id.text
                text["recipient-key"] = Hexadecimal.text(self.recipient.publicKey)
                text.remove("field")
                for field in fields.reversed() { text.insert("field", field, after: "record") }
            }
            edit(&text)
        }
    }

    /// What a custodian's machine says now.
    public func release(
        _ name: String,
        under permit: Permit,
        shares other: SealedShares? = nil
    ) throws -> ReleasedShares {
        try custodian(name, shares: other)
            .release(under: permit, salt: salt, now: council.time(), using: &randomness)
    }

    public func sign(_ released: ReleasedShares, by name: String? = nil) throws -> Signed<ShareRelease> {
        try council.passkey(name ?? released.seat.text)
            .sign(released.statement(under: council.charterHash, with: NativeCrypto.self))
    }

    public func combiner(under permit: Permit) throws -> Combiner<NativeCrypto> {
        try Combiner(record, under: permit, salt: salt, keyPair: recipient, now: council.time())
    }

    /// What these custodians' releases open, as text by field.
    public func open(_ names: [String], under permit: Permit) throws -> [String: String] {
        var combiner = try combiner(under: permit)
        for name in names {
            let released = try release(name, under: permit)
            try combiner.add(released, signed: sign(released), now: council.time())
        }
        return Vault.text(try combiner.open())
    }

    public static func text(_ fields: [OpenedField]) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: fields.map { ($0.name.text, String(decoding: $0.content.value, as: UTF8.self)) }
        )
    }
}
