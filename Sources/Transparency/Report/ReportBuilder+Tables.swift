// SPDX-License-Identifier: Apache-2.0

import Base

extension ReportBuilder {
    func report(_ tree: TreeHead, _ origin: LogOrigin) -> TransparencyReport {
        let overdue = time.map { book.overdue(at: $0) } ?? []
        let unmatched = unmatchedClaims
        return TransparencyReport(
            origin: origin,
            from: from,
            head: tree,
            time: time,
            unmatchedClaims: UInt64(unmatched.count),
            overdueOpenings: UInt64(overdue.count),
            orders: requesters.all(RequestColumn.proposed).map { TransparencyReport.Orders(requester: $0, count: $1) },
            tables: [
                requesters.table("jurisdictions", "requester"), requestTable, orderTable, actionTable, emergencyTable,
                noticeTable,
                ReportTable("times", "step count median p95 longest", times.rows), dayTable,
                commitmentTable(overdue),
                ReportTable(
                    "overdue",
                    "entry case due",
                    overdue.map {
                        [.number($0.index), .word(Hexadecimal.encode($0.caseID.bytes)), .word($0.due.bytes)]
                    }
                ),
                ReportTable("approvals", "stage decision count", StageAndDecision.rows(approvals)),
                quorumTable,
                seats.table("seats", "seat"),
                claimTable(unmatched),
                ReportTable(
                    "unmatched",
                    "entry time node document",
                    unmatched.map { document, claim in
                        [.number(claim.index), .word(claim.time.bytes), .word(claim.node), .word(document)]
                    }
                ),
                ReportTable("charters", "entry time version document", charterRows),
                ReportTable("seat-changes", "entry time seat change charter", seatRows),
                ReportTable(
                    "releases",
                    "component count last",
                    releases.sorted { $0.component.lexicographicallyPrecedes($1.component) }
                        .map { [.word($0.component), .number($0.count), .word($0.last)] }
                ),
                ReportTable("reports", "entry time from-size to-size document", reportRows),
                months.table("months", "month"),
                entryTable(tree),
            ]
        )
    }

    /// How many whole days cases took that were closed in the period, and how old those are that are open at its end.
    private var dayTable: ReportTable {
        var days = times.closed.seconds.map { (days: $0 / 86_400, isOpen: false) }
        if let time {
            for state in cases.values where !state.isClosed {
                days.append(((time.seconds - min(state.begun.seconds, time.seconds)) / 86_400, true))
            }
        }
        var rows: [(days: UInt64, closed: UInt64, open: UInt64)] = []
        for (days, isOpen) in days.sorted(by: { $0.days < $1.days }) {
            if rows.last?.days != days { rows.append((days, 0, 0)) }
            if isOpen { rows[rows.count - 1].open += 1 } else { rows[rows.count - 1].closed += 1 }
        }
        return ReportTable(
            "days",
            "days closed open",
            rows.map { [.number($0.days), .number($0.closed), .number($0.open)] }
        )
    }

    // By requester

    private func counts(of state: ReportedCase) -> ReportedCounts {
        var counts = state.counts
        if !state.isClosed { counts[RequestColumn.open] = 1 }
        return counts
    }

    private var requesters: ReportedSums {
        var sums = ReportedSums(RequestColumn.self)
        for state in cases.values { sums[state.requester] += counts(of: state) }
        return sums
    }

    private var requestTable: ReportTable {
        var sums = ReportedSums(RequestColumn.self)
        for state in cases.values { sums[state.requester, state.instrument] += counts(of: state) }
        return sums.table("requests", "requester instrument")
    }

    private var orderTable: ReportTable {
        var sums = ReportedSums(OrderColumn.self)
        for (id, order) in orders {
            guard let state = cases[id.caseID] else { continue }
            sums[state.requester, state.instrument, order.action] += order.counts
        }
        return sums.table("orders", "requester instrument action")
    }

    // By action

    /// Every action has its row: that nothing was done is a statement too.
    private var actionTable: ReportTable {
        var sums = ReportedSums(OrderColumn.self)
        for order in orders.values { sums[order.action] += order.counts }
        let words = ReportTable.words(
            "disclose disclose-emergency eject suspend end-meeting halt seat-revoke charter unknown"
        )
        return ReportTable(
            "actions",
            ReportTable.words("action") + ReportTable.words(OrderColumn.names),
            words.map { [.word($0)] + sums[$0].cells }
        )
    }

    private var emergencyTable: ReportTable {
        let received = cases.values.filter { $0.isOfPeriod && $0.isEmergency }
        let approved = orders.values.filter { $0.isApprovedInPeriod && $0.isEmergency }
        return measures(
            "emergencies",
            [
                ("received", received.count), ("docketed", received.count { $0.docketed != nil }),
                ("closed-undocketed", received.count { $0.docketed == nil && $0.isClosed }),
                ("approved", approved.count), ("confirmed-later", approved.count { $0.isConfirmedLater }),
                ("executed", orders.values.count { $0.isExecutedInPeriod && $0.isEmergency }),
            ]
        )
    }

    /// Of the orders executed in the period, by when the person was told, as far as the log says at its end.
    private var noticeTable: ReportTable {
        var sums = ReportedSums(NoticeColumn.self)
        for order in orders.values where order.isExecutedInPeriod {
            sums[order.action][NoticeColumn.executed] += 1
            sums[order.action][NoticeColumn(order)] += 1
            guard NoticeColumn(order) == .withheld, let until = order.embargo, let time, until < time else { continue }
            sums[order.action][NoticeColumn.embargoOver] += 1
        }
        return sums.table("notices", "action")
    }

    /// Of the orders approved in the period, by how many seats.
    private var quorumTable: ReportTable {
        var sums = ReportedSums(QuorumColumn.self)
        for order in orders.values where order.isApprovedInPeriod {
            let count = UInt64(order.confirmed.count)
            var sum = sums[order.action]
            let isFirst = sum[QuorumColumn.approved] == 0
            sum[QuorumColumn.approved] += 1
            sum[QuorumColumn.fewest] = isFirst ? count : min(sum[QuorumColumn.fewest], count)
            sum[QuorumColumn.most] = max(sum[QuorumColumn.most], count)
            if order.hasDissent { sum[QuorumColumn.dissent] += 1 }
            sums[order.action] = sum
        }
        return sums.table("quorums", "action")
    }

    // Of the deployment

    private func measures(_ name: StaticString, _ values: [(StaticString, Int)]) -> ReportTable {
        ReportTable(name, "measure count", values.map { [.word($0.0), .number(UInt64($0.1))] })
    }

    private func commitmentTable(_ overdue: [OverdueOpening]) -> ReportTable {
        ReportTable(
            "commitments",
            "measure count",
            [
                [.word("made"), .number(commitments.made)], [.word("due"), .number(commitments.due)],
                [.word("opened"), .number(commitments.opened)],
                [.word("opened-late"), .number(commitments.openedLate)],
                [.word("waiting"), .number(UInt64(book.pending.values.count { $0.due != nil }))],
                [.word("overdue"), .number(UInt64(overdue.count))],
            ]
        )
    }

    private func isMatched(_ document: [UInt8]) -> Bool {
        incidents.contains(document) || revealed[document]?.contains { cases[$0]?.isExecuted ?? false } ?? false
    }

    private var unmatchedClaims: [(document: [UInt8], claim: ReportedClaim)] {
        claims.filter { $0.value.index >= from && !isMatched($0.key) }.sorted { $0.value.index < $1.value.index }
            .map { ($0.key, $0.value) }
    }

    private func claimTable(_ unmatched: [(document: [UInt8], claim: ReportedClaim)]) -> ReportTable {
        var sums = ReportedSums(ClaimColumn.self)
        for claim in claims.values {
            if claim.index >= from { sums[claim.node][ClaimColumn.claims] += 1 }
            sums[claim.node][ClaimColumn.repeated] += claim.repeated
        }
        for (_, claim) in unmatched { sums[claim.node][ClaimColumn.unmatched] += 1 }
        return sums.table("claims", "node")
    }

    private func entryTable(_ tree: TreeHead) -> ReportTable {
        var rows: [[ReportCell]] = [
            [.word("all"), .number(tree.size - from)], [.word("longest-silence"), .number(silence)],
        ]
        for (place, type) in EntryType.allCases.enumerated() {
            rows.append([.word(type.bytes), .number(types[place])])
        }
        let others: [StaticString] = ["unknown-type", "malformed", "misplaced"]
        for (place, name) in others.enumerated() {
            rows.append([.word(name), .number(types[EntryType.allCases.count + place])])
        }
        return ReportTable("entries", "measure count", rows)
    }
}
