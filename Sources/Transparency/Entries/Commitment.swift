// SPDX-License-Identifier: Apache-2.0

public import Base

/// A salted commitment (docs/log.md): the log holds the hash; salt and content are opened later, or destroyed, after
/// which the hash says nothing.
public enum Commitment {
    /// Bytes of a salt, which makes guessing the content hopeless.
    public static let saltLength = 32

    /// `SHA-256("case/v1\0" || salt || content)`; `nil` for a salt of another length.
    public static func make<Crypto: CryptoProvider>(
        salt: [UInt8],
        content: [UInt8],
        with crypto: Crypto.Type
    ) -> TreeHash? {
        guard salt.count == saltLength else { return nil }
        var input: [UInt8] = []
        input.append("case/v1\0")
        return TreeHash(digest: Crypto.hash(.sha256, input + salt + content))
    }

    /// To fields that an opening will reveal; `nil` for what no opening could say, too.
    public static func make<Crypto: CryptoProvider>(
        salt: [UInt8],
        revealing fields: [(EntryField, String)],
        with crypto: Crypto.Type
    ) -> TreeHash? {
        var content: [UInt8] = []
        for (field, value) in fields {
            guard field.isRevealable, field.accepts(Array(value.utf8)[...]) else { return nil }
            content += EntryLine(field: field, value: Array(value.utf8)).text
        }
        return make(salt: salt, content: content, with: crypto)
    }
}
