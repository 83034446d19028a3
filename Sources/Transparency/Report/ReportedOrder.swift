// SPDX-License-Identifier: Apache-2.0

import Base

/// What a report keeps of an order in a case.
struct ReportedOrder {
    /// An order belongs to one case; the same hash in another is another order.
    struct ID: Hashable {
        let caseID: CaseID
        let hash: [UInt8]
    }

    /// How long after its approval an emergency order may be confirmed by more seats: 48 hours.
    static var ratification: UInt64 { 172_800 }

    var action: [UInt8] = ReportedCase.unknown
    /// What was done with it in the period.
    var counts = ReportedCounts(OrderColumn.self)
    var proposed: EntryTime?
    var approved: EntryTime?
    var isApprovedInPeriod = false
    var isExecuted = false
    var isExecutedInPeriod = false
    /// Seats that confirmed it before it was `approved`.
    var confirmed: Set<[UInt8]> = []
    /// Some seat refused or narrowed it.
    var hasDissent = false
    /// A seat confirmed it after it was `approved`, within 48 hours.
    var isConfirmedLater = false
    /// The person was told before it was executed, or after.
    var isNoticedBefore = false
    var isNoticedAfter = false
    var embargo: EntryTime?

    var isEmergency: Bool { action.elementsEqual([UInt8](word: "disclose-emergency")) }
}
