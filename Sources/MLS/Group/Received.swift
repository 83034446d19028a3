// SPDX-License-Identifier: Apache-2.0

public import Base

/// What came of a message.
public enum Received<Crypto: CryptoProvider>: Sendable {
    indirect case application(ApplicationMessage)
    /// Cached under its reference.
    indirect case proposal(reference: [UInt8], Proposal, sender: Sender)
    indirect case commit(Staged<Crypto>)
}
