// SPDX-License-Identifier: Apache-2.0

public import Base

/// A commit to be sent, and what it leads to. The group stays in its epoch until ``staged`` is adopted, which is when the
/// delivery service has taken the commit (RFC 9420 §14).
public struct CommitBundle<Crypto: CryptoProvider>: Sendable {
    public let commit: MLSMessage
    /// For those who were added; not to be delivered before the commit is accepted (RFC 9420 §14).
    public let welcome: MLSMessage?
    public let staged: Staged<Crypto>
}
