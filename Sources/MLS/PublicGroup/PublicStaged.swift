// SPDX-License-Identifier: Apache-2.0

public import Base

/// The next epoch of a ``PublicGroup``, to be looked at before it is adopted.
public struct PublicStaged<Crypto: CryptoProvider>: Sendable {
    public let change: GroupChange
    let next: PublicGroup<Crypto>
}
