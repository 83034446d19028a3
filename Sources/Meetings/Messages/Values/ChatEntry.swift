// SPDX-License-Identifier: Apache-2.0

public import Base

/// A chat message as it reaches its readers, the sender included.
public struct ChatEntry: Hashable, Sendable {
    public let id: ChatMessageID
    public let from: ParticipantID
    /// The sender's name at that time: the sender may be gone when a late joiner reads it.
    public let name: DisplayName
    public let text: ChatText
    /// Only the sender and the one named in `to` got it.
    public let isPrivate: Bool
    /// Whom a private message is for.
    public let to: ParticipantID?
    /// Milliseconds since the meeting started.
    public let at: Int64

    public init(
        id: ChatMessageID,
        from: ParticipantID,
        name: DisplayName,
        text: ChatText,
        to: ParticipantID? = nil,
        at: Int64
    ) {
        self.id = id
        self.from = from
        self.name = name
        self.text = text
        self.isPrivate = to != nil
        self.to = to
        self.at = at
    }

    /// What it weighs in the history.
    var weight: Int { text.text.value.utf8.count + name.text.value.utf8.count + 128 }
}
