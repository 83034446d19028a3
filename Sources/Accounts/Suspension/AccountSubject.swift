// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// How an order names an account: a commitment that says nothing without its salt (docs/orders.md, `subject`).
public enum AccountSubject {
    /// `SHA-256("case/v1\0" || salt || content)`, the content being the lines `vigil-account-subject/v1`, `genesis`, `key`.
    /// `nil` for a salt that isn't 32 bytes.
    public static func commitment<Crypto: CryptoProvider>(
        to key: AccountKey,
        genesis: DocumentHash,
        salt: [UInt8],
        with crypto: Crypto.Type
    ) -> DocumentHash? {
        var writer = TextWriter()
        writer.header("vigil-account-subject/v1")
        writer.line("genesis", genesis.hex)
        writer.line("key", key.hex)
        return Commitment.make(salt: salt, content: writer.bytes, with: crypto)
    }
}
