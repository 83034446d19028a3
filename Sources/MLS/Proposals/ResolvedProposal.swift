// SPDX-License-Identifier: Apache-2.0

/// A proposal of a commit with its author, whether it lay in the commit or was sent before.
struct ResolvedProposal: Sendable {
    var proposal: Proposal
    var sender: Sender
    /// The reference that named it.
    var reference: [UInt8]?
}
