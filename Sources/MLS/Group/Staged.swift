// SPDX-License-Identifier: Apache-2.0

public import Base

/// Last rung: a next epoch in which everything has been checked, to be looked at before ``Group/adopt(_:)``.
public struct Staged<Crypto: CryptoProvider>: Sendable {
    enum Outcome: Sendable {
        /// In a box: many values, and handed on as often as kept.
        indirect case next(Group<Crypto>)
        /// The commit removes us: there is no next epoch for us.
        case removed
    }

    /// Who comes, who goes, what changes.
    public let change: GroupChange
    let outcome: Outcome

    public var removesUs: Bool {
        if case .removed = outcome { return true }
        return false
    }

    /// The next epoch itself, for whoever wants to look further than the change; `nil` if it goes on without us.
    public var next: Group<Crypto>? {
        if case .next(let group) = outcome { return group }
        return nil
    }
}
