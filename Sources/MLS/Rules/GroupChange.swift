// SPDX-License-Identifier: Apache-2.0

/// What a commit does, laid out for whoever judges or shows it.
public struct GroupChange: Sendable {
    /// One proposal and who made it.
    public struct Item: Sendable {
        public var proposal: Proposal
        public var sender: Sender
        public var isByReference: Bool
    }

    /// A leaf that comes, goes or changes.
    public struct Member: Sendable {
        public var leaf: LeafIndex
        public var node: LeafNode
    }

    /// The context that the commit is made in.
    public var before: GroupContext
    /// The extensions afterwards.
    public var extensions: Extensions
    /// Who commits: a member, or somebody coming from outside.
    public var committer: Sender
    /// The committer's leaf as it was; `nil` for somebody from outside.
    public var committerLeaf: LeafNode?
    public var items: [Item]
    public var added: [Member]
    public var removed: [Member]
    /// Changed by an update proposal.
    public var updated: [Member]
    /// The committer's leaf with the commit's path.
    public var path: Member?
    public var preSharedKeys: [PreSharedKeyID]
    public var reInit: ReInit?
    public var authenticatedData: [UInt8]

    public var isExternal: Bool { committer == .newMemberCommit }
}
