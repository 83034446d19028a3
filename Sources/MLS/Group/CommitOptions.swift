// SPDX-License-Identifier: Apache-2.0

import Base

/// What goes into a commit.
public struct CommitOptions: Sendable {
    /// By value, besides those that are pending.
    public var proposals: [Proposal] = []
    /// Which of the pending proposals are named by reference.
    public var pending: PendingSelection = .all
    /// Whether to renew our keys even if nothing makes it necessary.
    public var withPath = true
    /// Our leaf's new content; `nil` keeps it but for the keys.
    public var member: MemberDescription?
    public var format: HandshakeFormat = .publicMessage
    public var authenticatedData: [UInt8] = []
    /// Whether the Welcome carries the ratchet tree.
    public var treeInWelcome = true
    /// More extensions for the group info in the Welcome.
    public var groupInfoExtensions = Extensions.none

    public init(proposals: [Proposal] = []) {
        self.proposals = proposals
    }
}
