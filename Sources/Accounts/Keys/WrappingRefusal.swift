// SPDX-License-Identifier: Apache-2.0

public import Base

/// Why an account's secret isn't wrapped, or doesn't come out.
public enum WrappingRefusal: Error, Hashable, Sendable {
    /// Not 32 bytes.
    case wrongSalt
    /// Not the length of a credential's id.
    case wrongCredential
    /// Less than 128 bits to derive a key from.
    case shortOutput
    /// No wrapping in the file is for this passkey, or for paper.
    case noSuchWrapping
    /// The same passkey, or paper, twice.
    case wrappedAlready
    /// More than ``AccountFile/mostWrappings``.
    case tooMany
    /// Removing this one would leave none.
    case lastWrapping
    /// The secret is another account's.
    case otherAccount
    /// Another code or passkey, or a damaged file.
    case doesNotOpen
    case crypto(CryptoRefusal)
}

extension AccountSecret {
    /// True if the certificate's key is this secret's.
    func isBehind<Crypto: CryptoProvider>(
        _ certificate: AccountCertificate,
        with crypto: Crypto.Type
    ) throws(WrappingRefusal) -> Bool {
        do throws(CryptoRefusal) { return try key(with: crypto) == certificate.key } catch { throw .crypto(error) }
    }
}
