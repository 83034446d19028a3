// SPDX-License-Identifier: Apache-2.0

public import Base
import Governance
import Transparency

/// An account's public key (Ed25519, 32 bytes). It is a pseudonym of a person, so it has no printable form.
public struct AccountKey: Hashable, Sendable {
    public static let length = 32
    /// Words of a fingerprint: 88 bits.
    public static let fingerprintWords = 8

    public let bytes: [UInt8]

    /// `nil` unless there are 32 bytes. Whether they are a point shows when a signature is verified.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == AccountKey.length else { return nil }
        self.bytes = bytes
    }

    init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// 64 hex digits.
    package init?(hex text: ArraySlice<UInt8>) {
        guard let bytes = Hexadecimal.decode(text) else { return nil }
        self.init(bytes)
    }

    package var hex: [UInt8] { Hexadecimal.encode(bytes) }

    /// What people compare: the same for ever and on every deployment. Numbers below 2,048 that stand for words.
    public func fingerprint<Crypto: CryptoProvider>(with crypto: Crypto.Type) -> [UInt16] {
        Words.split(
            Crypto.hash(.sha256, [UInt8](word: "vigil-account-fingerprint/v1\0") + bytes),
            count: AccountKey.fingerprintWords
        )
    }

    /// True if `signature` is this account's over `text`.
    package func verifies<Crypto: CryptoProvider>(
        _ signature: [UInt8],
        over text: [UInt8],
        with crypto: Crypto.Type
    ) -> Bool {
        Crypto.verify(.ed25519, publicKey: bytes, signature: signature, text)
    }
}

extension AccountKey: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "account" }
    public var debugDescription: String { "account" }
}

#if !hasFeature(Embedded)
extension AccountKey: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
#endif
