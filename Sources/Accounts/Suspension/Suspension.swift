// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// An account may start nothing here until a day: a lawful order says so, and nothing else can. It isn't a mark on the account: whoever
/// enforces it holds the order's permit and the subject's salt, and asks of each account that signs in whether it is the one. It ends by itself.
public struct Suspension: Hashable, Sendable {
    public let order: DocumentHash
    public let until: EntryTime
    /// Of the deployment whose order it is.
    let genesis: DocumentHash
    private let subject: DocumentHash
    private let salt: [UInt8]

    /// `nil` if the permit is for something else, or the salt none.
    ///
    /// - Parameter salt: what opens the order's `subject`; it comes with the bundle, on another way.
    public init?(_ permit: Permit, salt: [UInt8]) {
        guard permit.action == .suspend, case .account(let until) = permit.scope, salt.count == Commitment.saltLength
        else { return nil }
        order = permit.order
        self.until = until
        genesis = permit.inForce.genesis
        subject = permit.subject
        self.salt = salt
    }

    public func isOver(now: EntryTime) -> Bool { now >= until }

    /// True if it is this account that is suspended, now.
    public func applies<Crypto: CryptoProvider>(
        to key: AccountKey,
        now: EntryTime,
        with crypto: Crypto.Type
    ) -> Bool {
        !isOver(now: now)
            && AccountSubject.commitment(to: key, genesis: genesis, salt: salt, with: crypto) == subject
    }
}
