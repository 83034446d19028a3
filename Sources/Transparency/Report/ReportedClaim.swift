// SPDX-License-Identifier: Apache-2.0

/// A claim that a meeting was interrupted, by its document. Logged again it isn't another claim.
struct ReportedClaim {
    let index: UInt64
    let time: EntryTime
    let node: [UInt8]
    /// The same claim, logged again in the period.
    var repeated: UInt64 = 0
}
