// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// What exactly is done to the subject.
public enum Scope: Hashable, Sendable {
    /// These sealed fields of this record, re-sealed to this X25519 key (32 bytes).
    case fields([Name], record: DocumentHash, recipientKey: [UInt8])
    /// Out of this meeting.
    case member(ofMeeting: DocumentHash)
    /// The account, until then.
    case account(until: EntryTime)
    /// The meeting.
    case meeting
}
