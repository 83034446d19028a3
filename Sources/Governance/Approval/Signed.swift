// SPDX-License-Identifier: Apache-2.0

public import Base

/// A statement with an assertion that nobody has checked yet. ``verify(under:with:)`` leads to ``Verified``.
///
/// Its text is the statement's, then `credential`, `client-data`, `authenticator-data`, `signature`.
public struct Signed<Content: Statement>: Hashable, Sendable {
    public static var longest: Int { 16_384 }

    public let statement: Content
    public let assertion: Assertion

    public init(_ statement: Content, _ assertion: Assertion) {
        self.statement = statement
        self.assertion = assertion
    }

    public init(parsing text: [UInt8]) throws(StatementRefusal) {
        guard text.count <= Self.longest else { throw .tooLong }
        var reader = StatementReader(text[...])
        statement = try Content(reading: &reader)
        assertion = try Assertion(reading: &reader)
        guard reader.isAtEnd else { throw .trailingText }
    }

    public var text: [UInt8] { statement.text + assertion.text }

    /// What the log's field `assertion` names.
    public func hash<Crypto: CryptoProvider>(with crypto: Crypto.Type) -> DocumentHash {
        .of(document: text, with: crypto)
    }

    public func verify<Crypto: CryptoProvider>(
        under charter: Charter,
        with crypto: Crypto.Type
    ) throws(AssertionRefusal) -> Verified<Content> {
        try charter.check(assertion, of: statement.seat, over: statement.challenge(with: crypto), with: crypto)
        return Verified(signed: self, hash: hash(with: crypto))
    }
}

extension Statement {
    /// What the passkey is asked to sign: 32 bytes.
    public func challenge<Crypto: CryptoProvider>(with crypto: Crypto.Type) -> [UInt8] { Crypto.hash(.sha256, text) }
}
