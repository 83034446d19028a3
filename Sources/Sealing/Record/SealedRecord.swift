// SPDX-License-Identifier: Apache-2.0

public import Accounts
public import Base
public import Governance
public import Transparency

/// What a person has sealed, in their own client, for the case that a lawful order asks for it. Whoever stores it can't read it.
///
/// SHA-256 of its text is the record's name in orders. The shares lie beside it, one file for each custodian (``SealedShares``).
public struct SealedRecord: Hashable, Sendable {
    public static let longest = 32_768
    /// As many as an order may ask for.
    public static let mostFields = 16
    /// 90 days: the person's client seals anew in time, or what it sealed is deleted (governance.md §5).
    public static let longestRetention: UInt64 = 90 * 86_400
    static let saltLength = 32

    public let genesis: DocumentHash
    /// The charter that lists the custodians.
    public let charter: DocumentHash
    public let owner: AccountKey
    let salt: [UInt8]
    public let sealed: EntryTime
    /// When whoever keeps it deletes it.
    public let until: EntryTime
    /// The seats of places 1 to 5, when it was sealed.
    public let custodians: [Name]
    /// In the order of their names.
    public let fields: [SealedField]
    let signature: [UInt8]

    public func id<Crypto: CryptoProvider>(with crypto: Crypto.Type) -> DocumentHash {
        .of(document: text, with: crypto)
    }

    public func isExpired(now: EntryTime) -> Bool { now >= until }

    func field(_ name: Name) -> SealedField? { fields.first { $0.name == name } }

    func context(of field: Name) -> FieldContext { FieldContext(genesis: genesis, salt: salt, field: field) }

    /// Everything, for the person whose it is.
    public func open<Crypto: CryptoProvider>(
        by owner: AccountSecret,
        with crypto: Crypto.Type
    ) throws(CryptoRefusal) -> [OpenedField] {
        let key = try SealedRecord.recordKey(owner, salt: salt, with: crypto)
        var opened: [OpenedField] = []
        for field in fields {
            let secret = try FieldSecret<Crypto>(recordKey: key, context(of: field.name))
            guard try secret.commitment() == field.commitment else { throw .authenticationFailed }
            opened.append(OpenedField(name: field.name, content: Redacted(try secret.open(field.ciphertext))))
        }
        return opened
    }

    /// A key of this record alone. It is derived, not stored: what isn't there can't be shared in place of a field's.
    static func recordKey<Crypto: CryptoProvider>(
        _ owner: AccountSecret,
        salt: [UInt8],
        with crypto: Crypto.Type
    ) throws(CryptoRefusal) -> Secret {
        Crypto.extract(.sha256, salt: Secret(salt), inputKeyMaterial: try owner.recordsKey(with: crypto))
    }
}
