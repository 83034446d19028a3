// SPDX-License-Identifier: Apache-2.0

/// What became of commitments in the period.
struct CommitmentCounts {
    var made: UInt64 = 0
    /// Of these, with a moment by which they must be open.
    var due: UInt64 = 0
    var opened: UInt64 = 0
    /// Of these, after that moment.
    var openedLate: UInt64 = 0
}
