// SPDX-License-Identifier: Apache-2.0

public import Base

/// What came of a message in a ``PublicGroup``.
public enum PublicReceived<Crypto: CryptoProvider>: Sendable {
    /// Cached under its reference.
    case proposal(reference: [UInt8], Proposal)
    case commit(PublicStaged<Crypto>)
}
