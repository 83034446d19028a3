// SPDX-License-Identifier: Apache-2.0

public import Base

/// Something that an honest node and honest members don't do, or that at least deserves a look.
public struct Warning: Hashable, Sendable {
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        /// Somebody sees another group under the same name and epoch, or the node showed us an older one.
        case fork = 0
        /// Nothing has been heard from them for half a minute, whatever the node says of their connection.
        case silent = 1
        /// Messages of theirs are missing.
        case withheld = 2
        /// They send sound or picture that doesn't come.
        case mediaWithheld = 3
        /// Frames said to be theirs don't open.
        case unreadableFrames = 4
        /// They made a commit that we refused.
        case refusedCommit = 5
        /// Most of the others refused their commit, which we had followed.
        case reopened = 6
        /// The node asks for the removal of somebody who is being heard.
        case nodeRemoves = 7
        /// What the node has isn't the link's meeting.
        case foreignCard = 8
        /// Messages of this epoch that don't open: garbled on the way, or of another group.
        case unreadableMessages = 9
        /// A host's act by somebody who isn't one.
        case falseHostAct = 10
        /// A proposal that no commit may carry: of the node, or of a member.
        case refusedProposal = 11
        /// The meeting's rules are others than before we were out of step; who changed them can't be checked any more.
        case rulesChanged = 12
    }

    public let kind: Kind
    public let about: ParticipantID?
    /// A word for the log: the rule, the source.
    public let detail: [UInt8]

    init(_ kind: Kind, _ about: ParticipantID? = nil, detail: [UInt8] = []) {
        self.kind = kind
        self.about = about
        self.detail = detail
    }
}
