// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// The person's own word that their account's rows, or one sealed record, be deleted. Nobody else can write it, nobody has to agree.
///
/// ```
/// vigil-deletion/v1
/// genesis 77ab…
/// key 9d61…
/// record 3d41…        or `none`: everything that is kept of the account
/// time 2026-11-24T10:00:00Z
/// signature t2Qx…
/// ```
public struct DeletionRequest: Hashable, Sendable {
    public static let longest = 1_024
    /// How old it may be, and how far ahead: 10 minutes.
    public static let freshness: UInt64 = 600

    public let genesis: DocumentHash
    public let key: AccountKey
    /// `nil`: the account, with all its records.
    public let record: DocumentHash?
    public let time: EntryTime
    let signature: [UInt8]

    public init<Crypto: CryptoProvider>(
        of record: DocumentHash?,
        by secret: AccountSecret,
        genesis: DocumentHash,
        now: EntryTime,
        with crypto: Crypto.Type
    ) throws(CryptoRefusal) {
        self.genesis = genesis
        key = try secret.key(with: crypto)
        self.record = record
        time = now
        signature = try secret.sign(DeletionRequest.text(genesis, key, record, now).bytes, with: crypto)
    }

    /// A signed request; whether it is fresh is ``isFresh(now:)``.
    public init<Crypto: CryptoProvider>(parsing text: [UInt8], with crypto: Crypto.Type) throws(AccountRefusal) {
        guard text.count <= DeletionRequest.longest else { throw .tooLong }
        var fields = FieldReader(text[...])
        guard fields.takeHeader("vigil-deletion/v1") else { throw .wrongHeader }
        guard let genesis = fields.take("genesis").flatMap({ DocumentHash(hex: $0) }),
            let key = fields.take("key").flatMap({ AccountKey(hex: $0) }), let what = fields.take("record")
        else { throw .malformed }
        let record = DocumentHash(hex: what)
        guard record != nil || what.elementsEqual("none".utf8),
            let time = fields.take("time").flatMap({ EntryTime(parsing: $0) }),
            let signature = fields.take("signature").flatMap({ Base64.decode($0) }), signature.count == 64,
            fields.isAtEnd
        else { throw .malformed }
        guard key.verifies(signature, over: DeletionRequest.text(genesis, key, record, time).bytes, with: crypto) else {
            throw .wrongSignature
        }
        (self.genesis, self.key, self.record, self.time, self.signature) = (genesis, key, record, time, signature)
    }

    public func isFresh(now: EntryTime) -> Bool {
        time.seconds <= now.seconds + DeletionRequest.freshness
            && now.seconds <= time.seconds + DeletionRequest.freshness
    }

    public var text: [UInt8] {
        var writer = DeletionRequest.text(genesis, key, record, time)
        writer.line("signature", Base64.encode(signature))
        return writer.bytes
    }

    private static func text(
        _ genesis: DocumentHash,
        _ key: AccountKey,
        _ record: DocumentHash?,
        _ time: EntryTime
    ) -> TextWriter {
        var writer = TextWriter()
        writer.header("vigil-deletion/v1")
        writer.line("genesis", genesis.hex)
        writer.line("key", key.hex)
        writer.line("record", record?.hex ?? [UInt8](word: "none"))
        writer.line("time", time.bytes)
        return writer
    }
}
