// SPDX-License-Identifier: Apache-2.0

import Base

/// What a report keeps of a case.
struct ReportedCase {
    /// As its last contact or docket says, or as an opening reveals.
    var requester: [UInt8] = ReportedCase.unknown
    var instrument: [UInt8] = ReportedCase.unknown
    /// The time of its first entry.
    let begun: EntryTime
    /// Its first entry is of the period.
    let isOfPeriod: Bool
    var docketed: EntryTime?
    var isProposed = false
    var isExecuted = false
    var isClosed = false
    /// What happened in the period.
    var counts = ReportedCounts(RequestColumn.self)

    /// Of what no entry that we can read names.
    static var unknown: [UInt8] { [UInt8](word: "unknown") }
    static var undisclosed: [UInt8] { [UInt8](word: "undisclosed") }

    var isEmergency: Bool { instrument.elementsEqual([UInt8](word: "emergency")) }
}
