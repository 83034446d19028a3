// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// An account's answer to a node's challenge. The client writes the origin that it sees, so that no node can pass the answer on to
/// another one.
///
/// ```
/// vigil-sign-in/v1
/// genesis 77ab…
/// origin https://meet.example
/// key 9d61…
/// challenge 000000006913…        40 bytes
/// signature t2Qx…
/// ```
public struct SignIn: Hashable, Sendable {
    public static let longest = 1_024
    static let longestOrigin = 300

    public let genesis: DocumentHash
    public let origin: [UInt8]
    public let key: AccountKey
    public let challenge: [UInt8]
    let signature: [UInt8]

    /// - Parameter origin: where the client is connected to: scheme, host, port if it isn't the scheme's.
    public init<Crypto: CryptoProvider>(
        by secret: AccountSecret,
        at origin: [UInt8],
        genesis: DocumentHash,
        challenge: [UInt8],
        with crypto: Crypto.Type
    ) throws(CryptoRefusal) {
        self.genesis = genesis
        self.origin = origin
        key = try secret.key(with: crypto)
        self.challenge = challenge
        signature = try secret.sign(SignIn.text(genesis, origin, key, challenge).bytes, with: crypto)
    }

    /// Reads it. Nothing is verified yet: ``SignInDesk/accept(_:certificate:suspensions:now:)`` does.
    public init(parsing text: [UInt8]) throws(AccountRefusal) {
        guard text.count <= SignIn.longest else { throw .tooLong }
        var fields = FieldReader(text[...])
        guard fields.takeHeader("vigil-sign-in/v1") else { throw .wrongHeader }
        guard let genesis = fields.take("genesis").flatMap({ DocumentHash(hex: $0) }),
            let origin = fields.take("origin"), origin.count <= SignIn.longestOrigin,
            let key = fields.take("key").flatMap({ AccountKey(hex: $0) }),
            let challenge = fields.take("challenge").flatMap({ Hexadecimal.decode($0) }),
            let signature = fields.take("signature").flatMap({ Base64.decode($0) }), signature.count == 64,
            fields.isAtEnd
        else { throw .malformed }
        self.genesis = genesis
        self.origin = Array(origin)
        self.key = key
        self.challenge = challenge
        self.signature = signature
    }

    func isSigned<Crypto: CryptoProvider>(with crypto: Crypto.Type) -> Bool {
        key.verifies(signature, over: SignIn.text(genesis, origin, key, challenge).bytes, with: crypto)
    }

    public var text: [UInt8] {
        var writer = SignIn.text(genesis, origin, key, challenge)
        writer.line("signature", Base64.encode(signature))
        return writer.bytes
    }

    private static func text(
        _ genesis: DocumentHash,
        _ origin: [UInt8],
        _ key: AccountKey,
        _ challenge: [UInt8]
    ) -> TextWriter {
        var writer = TextWriter()
        writer.header("vigil-sign-in/v1")
        writer.line("genesis", genesis.hex)
        writer.line("origin", origin)
        writer.line("key", key.hex)
        writer.line("challenge", Hexadecimal.encode(challenge))
        return writer
    }
}
