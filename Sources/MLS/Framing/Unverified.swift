// SPDX-License-Identifier: Apache-2.0

public import Base

/// Second rung: membership tag checked or ciphertext opened, so that some member wrote it; but not yet which.
///
/// Only ``verified()`` leads on.
public struct Unverified<Crypto: CryptoProvider>: Sendable {
    let suite: CryptoSuite<Crypto>
    let message: AuthenticatedContent
    /// The context and key that the signature has to be checked with (RFC 9420 §6.1).
    let context: GroupContext
    let publicKey: [UInt8]

    init(
        _ suite: CryptoSuite<Crypto>,
        _ message: AuthenticatedContent,
        context: GroupContext,
        publicKey: [UInt8]
    ) {
        self.suite = suite
        self.message = message
        self.context = context
        self.publicKey = publicKey
    }
}
