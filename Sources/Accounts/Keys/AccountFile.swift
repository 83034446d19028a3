// SPDX-License-Identifier: Apache-2.0

public import Base
import Governance
import Transparency

/// What a person keeps, carries to other devices and exports: the certificate, and the secret under every way to unlock it.
/// Without a passkey or the paper code it tells nothing but the public key.
///
/// ```
/// vigil-account-file/v1
/// genesis … key … made … signature …       the certificate's lines
/// wrapping passkey
/// credential Zm9v…
/// salt 6f1c…
/// sealed 8Kx…
/// wrapping paper
/// salt 0b5e…
/// sealed 1jP…
/// ```
public struct AccountFile: Hashable, Sendable {
    public static let longest = 65_536
    public static let mostWrappings = 16

    public let certificate: AccountCertificate
    /// At least one; at most one for each passkey, and one for paper.
    public private(set) var wrappings: [KeyWrapping]

    /// - Parameter salt: 32 random bytes, with which the passkey's `prf` was asked.
    public init<Crypto: CryptoProvider>(
        _ certificate: AccountCertificate,
        _ secret: AccountSecret,
        under unlock: Unlock,
        salt: [UInt8],
        with crypto: Crypto.Type
    ) throws(WrappingRefusal) {
        self.certificate = certificate
        wrappings = []
        try add(unlock, to: secret, salt: salt, with: crypto)
    }

    /// The secret, by a passkey or a code.
    public func open<Crypto: CryptoProvider>(
        with unlock: Unlock,
        crypto: Crypto.Type
    ) throws(WrappingRefusal) -> AccountSecret {
        guard let wrapping = wrappings.first(where: { $0.credential == unlock.credential }) else {
            throw .noSuchWrapping
        }
        return try wrapping.open(for: certificate, with: unlock, crypto: crypto)
    }

    /// Another device, a second passkey, or the paper code.
    public mutating func add<Crypto: CryptoProvider>(
        _ unlock: Unlock,
        to secret: AccountSecret,
        salt: [UInt8],
        with crypto: Crypto.Type
    ) throws(WrappingRefusal) {
        guard wrappings.count < AccountFile.mostWrappings else { throw .tooMany }
        guard !wrappings.contains(where: { $0.credential == unlock.credential }) else { throw .wrappedAlready }
        guard try secret.isBehind(certificate, with: crypto) else { throw .otherAccount }
        wrappings.append(try KeyWrapping(secret, of: certificate, under: unlock, salt: salt, with: crypto))
    }

    /// A lost passkey or code. Whoever has it and an older file can still open that one.
    public mutating func remove(credential: [UInt8]?) throws(WrappingRefusal) {
        guard let index = wrappings.firstIndex(where: { $0.credential == credential }) else { throw .noSuchWrapping }
        guard wrappings.count > 1 else { throw .lastWrapping }
        wrappings.remove(at: index)
    }

    public var text: [UInt8] {
        var writer = TextWriter()
        writer.header("vigil-account-file/v1")
        certificate.write(to: &writer)
        for wrapping in wrappings {
            writer.line("wrapping", [UInt8](word: wrapping.credential == nil ? "paper" : "passkey"))
            if let credential = wrapping.credential { writer.line("credential", Base64URL.letters(credential)) }
            writer.line("salt", Hexadecimal.encode(wrapping.salt))
            writer.line("sealed", Base64.encode(wrapping.sealed))
        }
        return writer.bytes
    }

    /// Reads exactly what ``text`` writes.
    public init<Crypto: CryptoProvider>(parsing text: [UInt8], with crypto: Crypto.Type) throws(AccountRefusal) {
        guard text.count <= AccountFile.longest else { throw .tooLong }
        var fields = FieldReader(text[...])
        guard fields.takeHeader("vigil-account-file/v1") else { throw .wrongHeader }
        certificate = try AccountCertificate(reading: &fields, with: crypto)
        wrappings = []
        repeat {
            guard let wrapping = AccountFile.wrapping(&fields), wrappings.count < AccountFile.mostWrappings,
                !wrappings.contains(where: { $0.credential == wrapping.credential })
            else { throw .malformed }
            wrappings.append(wrapping)
        } while !fields.isAtEnd
        guard self.text == text else { throw .malformed }
    }

    private static func wrapping(_ fields: inout FieldReader) -> KeyWrapping? {
        guard let kind = fields.take("wrapping") else { return nil }
        var credential: [UInt8]?
        if kind.elementsEqual("passkey".utf8) {
            guard let text = fields.take("credential"),
                let id = Base64URL.decode(String(decoding: text, as: UTF8.self)),
                KeyWrapping.credentialLengths ~= id.count
            else { return nil }
            credential = id
        } else if !kind.elementsEqual("paper".utf8) {
            return nil
        }
        guard let salt = fields.take("salt").flatMap({ Hexadecimal.decode($0) }), salt.count == KeyWrapping.saltLength,
            let sealed = fields.take("sealed").flatMap({ Base64.decode($0) }),
            sealed.count == KeyWrapping.sealedLength
        else { return nil }
        return KeyWrapping(credential: credential, salt: salt, sealed: sealed)
    }
}
