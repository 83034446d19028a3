// SPDX-License-Identifier: Apache-2.0

public import Base

/// What came of a message.
public enum Received<Crypto: CryptoProvider>: Sendable {
    case application(ApplicationMessage)
    /// Cached under its reference.
    case proposal(reference: [UInt8], Proposal, sender: Sender)
    case commit(Staged<Crypto>)
}
