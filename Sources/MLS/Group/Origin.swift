// SPDX-License-Identifier: Apache-2.0

public import Base

/// The group that a new one claims to continue or branch from (RFC 9420 §11.2, §11.3).
public enum Origin<Crypto: CryptoProvider>: Sendable {
    /// Nothing: a resumption PSK for reinitialising or branching is refused.
    case none
    /// Our view of the old group, in its last epoch.
    case group(Group<Crypto>)
}
