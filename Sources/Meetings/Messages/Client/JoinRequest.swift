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

    /// The alias of the link in hand.
    public let meeting: MeetingID
    /// An MLSMessage with a key package (RFC 9420 §10): who wants in.
    public let keyPackage: [UInt8]
    /// Whether the client holds the host key and will found the room if it doesn't run.
    public let create: Bool
    public let resume: ResumeToken?
    /// With `resume`: the last number seen of what was broadcast.
    public let since: UInt64
    public let media: MediaChoice

    public init(
        meeting: MeetingID,
        keyPackage: [UInt8],
        create: Bool = false,
        resume: ResumeToken? = nil,
        since: UInt64 = 0,
        media: MediaChoice = .keep
    ) {
        self.meeting = meeting
        self.keyPackage = keyPackage
        self.create = create
        self.resume = resume
        self.since = since
        self.media = media
    }
}
