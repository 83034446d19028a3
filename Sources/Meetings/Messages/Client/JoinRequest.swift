// SPDX-License-Identifier: Apache-2.0

public import Base

/// The first message of every connection.
public struct JoinRequest: Sendable {
    /// What becomes of the participant's peer connections when it resumes.
    public enum MediaChoice: String, Hashable, Sendable, CaseIterable {
        /// The client still has them.
        case keep
        /// The client lost them, for example to a reload: the node forgets its ends and begins again.
        case new
    }

    public let meeting: MeetingID
    public let name: DisplayName
    /// Start the meeting if it doesn't run. Needs a host token.
    public let create: Bool
    public let hostToken: HostToken?
    public let resume: ResumeToken?
    public let media: MediaChoice

    public init(
        meeting: MeetingID,
        name: DisplayName,
        create: Bool = false,
        hostToken: HostToken? = nil,
        resume: ResumeToken? = nil,
        media: MediaChoice = .keep
    ) {
        self.meeting = meeting
        self.name = name
        self.create = create
        self.hostToken = hostToken
        self.resume = resume
        self.media = media
    }
}
