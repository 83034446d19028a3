// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// A message that its author signed in an accountable meeting, disclosed with the proof of the author's leaf. No other class
/// is written, since no other grounds anything. Whether the signature holds is checked by who is entitled to see the document.
public struct Evidence: Hashable, Sendable {
    public let document: DocumentHash
    public let meeting: DocumentHash
    public let author: DocumentHash
    /// Since when the author's key has been known; `nil` for a guest, who has none outside of the meeting.
    public let authorSince: EntryTime?
    /// The seat that brought it; `nil` if a participant did.
    public let source: Name?

    public init(
        document: DocumentHash,
        meeting: DocumentHash,
        author: DocumentHash,
        authorSince: EntryTime?,
        source: Name?
    ) {
        self.document = document
        self.meeting = meeting
        self.author = author
        self.authorSince = authorSince
        self.source = source
    }
}
