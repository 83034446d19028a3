// SPDX-License-Identifier: Apache-2.0

/// A commitment that should have been opened by now.
public struct OverdueOpening: Hashable, Sendable {
    public let caseID: CaseID
    /// The entry with the commitment.
    public let index: UInt64
    public let due: EntryTime
}
