// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// What makes a key an account of a deployment: nobody's word but its own. A node that has lost everything takes it all the same.
///
/// ```
/// vigil-account/v1
/// genesis 77ab…
/// key 9d61…
/// made 2026-11-24T00:00:00Z
/// signature t2Qx…
/// ```
///
/// `made` is what the person says, to the day. How old an account is at least, witnesses say (``AccountReceipt``).
public struct AccountCertificate: Hashable, Sendable {
    public static let longest = 1_024

    /// The hash of the deployment's first charter.
    public let genesis: DocumentHash
    public let key: AccountKey
    /// Midnight, UTC.
    public let made: EntryTime
    let signature: [UInt8]

    public init<Crypto: CryptoProvider>(
        of secret: AccountSecret,
        genesis: DocumentHash,
        now: EntryTime,
        with crypto: Crypto.Type
    ) throws(CryptoRefusal) {
        self.genesis = genesis
        key = try secret.key(with: crypto)
        made = AccountCertificate.day(of: now)
        let text = AccountCertificate.text(genesis, key, made)
        signature = try secret.sign(text.bytes, with: crypto)
    }

    public init<Crypto: CryptoProvider>(parsing text: [UInt8], with crypto: Crypto.Type) throws(AccountRefusal) {
        guard text.count <= AccountCertificate.longest else { throw .tooLong }
        var fields = FieldReader(text[...])
        guard fields.takeHeader("vigil-account/v1") else { throw .wrongHeader }
        try self.init(reading: &fields, with: crypto)
        guard fields.isAtEnd else { throw .malformed }
    }

    /// From its lines after the header.
    init<Crypto: CryptoProvider>(reading fields: inout FieldReader, with crypto: Crypto.Type) throws(AccountRefusal) {
        guard let genesis = fields.take("genesis").flatMap({ DocumentHash(hex: $0) }),
            let key = fields.take("key").flatMap({ AccountKey(hex: $0) }),
            let made = fields.take("made").flatMap({ EntryTime(parsing: $0) }),
            made == AccountCertificate.day(of: made),
            let signature = fields.take("signature").flatMap({ Base64.decode($0) }), signature.count == 64
        else { throw .malformed }
        let text = AccountCertificate.text(genesis, key, made)
        guard key.verifies(signature, over: text.bytes, with: crypto) else { throw .wrongSignature }
        (self.genesis, self.key, self.made, self.signature) = (genesis, key, made, signature)
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-account/v1")
        write(to: &writer)
        return writer.bytes
    }

    func write(to writer: inout TextWriter) {
        AccountCertificate.write(genesis, key, made, to: &writer)
        writer.line("signature", Base64.encode(signature))
    }

    /// What is signed.
    private static func text(_ genesis: DocumentHash, _ key: AccountKey, _ made: EntryTime) -> TextWriter {
        var writer = TextWriter()
        writer.header("vigil-account/v1")
        write(genesis, key, made, to: &writer)
        return writer
    }

    private static func write(
        _ genesis: DocumentHash,
        _ key: AccountKey,
        _ made: EntryTime,
        to writer: inout TextWriter
    ) {
        writer.line("genesis", genesis.hex)
        writer.line("key", key.hex)
        writer.line("made", made.bytes)
    }

    private static func day(of time: EntryTime) -> EntryTime {
        EntryTime(seconds: time.seconds / 86_400 * 86_400) ?? time
    }
}
