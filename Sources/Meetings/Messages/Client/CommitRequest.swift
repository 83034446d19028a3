// SPDX-License-Identifier: Apache-2.0

public import Base

/// A commit with all that the node needs to carry the room over into the next epoch.
public struct CommitRequest: Hashable, Sendable {
    /// The link that the next epoch's policy makes the current one.
    public struct Link: Hashable, Sendable {
        public let alias: MeetingID
        /// The card, sealed under the new link.
        public let card: [UInt8]

        public init(alias: MeetingID, card: [UInt8]) {
            self.alias = alias
            self.card = card
        }
    }

    /// For somebody whom the commit adds and who knocked with an older link: the current one, sealed for them.
    public struct Invitation: Hashable, Sendable {
        public let participant: ParticipantID
        public let invitation: [UInt8]

        public init(participant: ParticipantID, invitation: [UInt8]) {
            self.participant = participant
            self.invitation = invitation
        }
    }

    /// The epoch that it is made in.
    public let epoch: UInt64
    /// An MLSMessage with a PublicMessage.
    public let commit: [UInt8]
    /// An MLSMessage with a Welcome for all whom the commit adds.
    public let welcome: [UInt8]?
    /// The GroupInfo of the epoch that it leads to, sealed under the link that is current there.
    public let groupInfo: [UInt8]
    /// Exactly when the policy's link generation rises.
    public let link: Link?
    public let invitations: [Invitation]
    public let request: Int

    public init(
        epoch: UInt64,
        commit: [UInt8],
        welcome: [UInt8]? = nil,
        groupInfo: [UInt8],
        link: Link? = nil,
        invitations: [Invitation] = [],
        request: Int
    ) {
        self.epoch = epoch
        self.commit = commit
        self.welcome = welcome
        self.groupInfo = groupInfo
        self.link = link
        self.invitations = invitations
        self.request = request
    }
}
