// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// That something may be done to somebody, now. Only the verifier makes one.
public struct Permit: Hashable, Sendable {
    /// The order's hash.
    public let order: DocumentHash
    public let action: Action
    public let subject: DocumentHash
    /// The charter that it is under, and with it the deployment.
    public let inForce: CharterInForce
    public let scope: Scope
    /// Until then: a suspension's end; for everything else, the last moment at which it may be done.
    public let until: EntryTime
    /// When the person may be told; `nil` if nothing puts it off.
    public let embargo: EntryTime?
    /// The log's tree that it was judged by.
    public let head: TreeHead

    init(order: DocumentHash, _ text: Order, under inForce: CharterInForce, until: EntryTime, head: TreeHead) {
        self.order = order
        self.inForce = inForce
        action = text.action
        subject = text.subject
        scope = text.scope
        self.until = until
        if case .embargo(let until, _) = text.notice { embargo = until } else { embargo = nil }
        self.head = head
    }
}
