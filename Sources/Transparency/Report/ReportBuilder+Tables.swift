// SPDX-License-Identifier: Apache-2.0

import Base

extension ReportBuilder {
    /// Rows under words, in the order of the words.
    private func rows<Column>(_ counts: [[[UInt8]]: ReportedCounts<Column>]) -> [[ReportCell]] {
        counts.filter { !$0.value.isEmpty }.sorted { precedes($0.key, $1.key) }
            .map { words, counts in words.map { .word($0) } + counts.cells }
    }

    private func precedes(_ lhs: [[UInt8]], _ rhs: [[UInt8]]) -> Bool {
        for (left, right) in zip(lhs, rhs) where left != right { return left.lexicographicallyPrecedes(right) }
        return false
    }

    private func columns<Column: ReportColumn>(_ words: StaticString, _ column: Column.Type) -> [[UInt8]] {
        ReportTable.words(words) + ReportTable.words(Column.names)
    }

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
            orders: proposedOrders,
            tables: [
                jurisdictionTable, requestTable, orderTable, actionTable, emergencyTable, noticeTable,
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
                ReportTable(
                    "seats",
                    columns("seat", SeatColumn.self),
                    rows(Dictionary(uniqueKeysWithValues: seats.map { ([$0.key], $0.value) }))
                ),
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
                    releases.sorted { $0.key.lexicographicallyPrecedes($1.key) }
                        .map { [.word($0.key), .number($0.value.count), .word($0.value.last)] }
                ),
                ReportTable("reports", "entry time from-size to-size document", reportRows),
                ReportTable(
                    "months",
                    columns("month", MonthColumn.self),
                    rows(Dictionary(uniqueKeysWithValues: months.map { ([$0.key], $0.value) }))
                ),
                entryTable(tree),
            ]
        )
    }

    /// How many whole days cases took that were closed in the period, and how old those are that are open at its end.
    private var dayTable: ReportTable {
        var sums: [UInt64: (closed: UInt64, open: UInt64)] = [:]
        for seconds in times.closed.seconds { sums[seconds / 86_400, default: (0, 0)].closed += 1 }
        if let time {
            for state in cases.values where !state.isClosed {
                sums[(time.seconds - min(state.begun.seconds, time.seconds)) / 86_400, default: (0, 0)].open += 1
            }
        }
        return ReportTable(
            "days",
            "days closed open",
            sums.sorted { $0.key < $1.key }.map { [.number($0.key), .number($0.value.closed), .number($0.value.open)] }
        )
    }

    // By requester

    private var proposedOrders: [TransparencyReport.Orders] {
        var counts: [[UInt8]: UInt64] = [:]
        for state in cases.values where state.counts[.proposed] > 0 {
            counts[state.requester, default: 0] += state.counts[.proposed]
        }
        return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { TransparencyReport.Orders(requester: $0.key, count: $0.value) }
    }

    private func counts(of state: ReportedCase) -> ReportedCounts<RequestColumn> {
        var counts = state.counts
        if !state.isClosed { counts[.open] = 1 }
        return counts
    }

    private var jurisdictionTable: ReportTable {
        var sums: [[[UInt8]]: ReportedCounts<RequestColumn>] = [:]
        for state in cases.values { sums[[state.requester], default: ReportedCounts()] += counts(of: state) }
        return ReportTable("jurisdictions", columns("requester", RequestColumn.self), rows(sums))
    }

    private var requestTable: ReportTable {
        var sums: [[[UInt8]]: ReportedCounts<RequestColumn>] = [:]
        for state in cases.values {
            sums[[state.requester, state.instrument], default: ReportedCounts()] += counts(of: state)
        }
        return ReportTable("requests", columns("requester instrument", RequestColumn.self), rows(sums))
    }

    private var orderTable: ReportTable {
        var sums: [[[UInt8]]: ReportedCounts<OrderColumn>] = [:]
        for (id, order) in orders {
            guard let state = cases[id.caseID] else { continue }
            sums[[state.requester, state.instrument, order.action], default: ReportedCounts()] += order.counts
        }
        return ReportTable("orders", columns("requester instrument action", OrderColumn.self), rows(sums))
    }

    // By action

    /// Every action has its row: that nothing was done is a statement too.
    private var actionTable: ReportTable {
        var sums: [[UInt8]: ReportedCounts<OrderColumn>] = [:]
        for order in orders.values { sums[order.action, default: ReportedCounts()] += order.counts }
        let words = ReportTable.words(
            "disclose disclose-emergency eject suspend end-meeting halt seat-revoke charter unknown"
        )
        return ReportTable(
            "actions",
            columns("action", OrderColumn.self),
            words.map { [.word($0)] + (sums[$0] ?? ReportedCounts()).cells }
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
        var sums: [[[UInt8]]: ReportedCounts<NoticeColumn>] = [:]
        for order in orders.values where order.isExecutedInPeriod {
            sums[[order.action], default: ReportedCounts()][NoticeColumn(order)] += 1
            sums[[order.action], default: ReportedCounts()][.executed] += 1
            guard NoticeColumn(order) == .withheld, let until = order.embargo, let time, until < time else { continue }
            sums[[order.action], default: ReportedCounts()][.embargoOver] += 1
        }
        return ReportTable("notices", columns("action", NoticeColumn.self), rows(sums))
    }

    private var quorumTable: ReportTable {
        var sums: [[UInt8]: (approved: UInt64, fewest: Int, most: Int, dissent: UInt64)] = [:]
        for order in orders.values where order.isApprovedInPeriod {
            let count = order.confirmed.count
            let sum = sums[order.action] ?? (0, count, count, 0)
            sums[order.action] = (
                sum.approved + 1, min(sum.fewest, count), max(sum.most, count), sum.dissent + (order.hasDissent ? 1 : 0)
            )
        }
        return ReportTable(
            "quorums",
            "action approved fewest most dissent",
            sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }
                .map { action, sum in
                    [
                        .word(action), .number(sum.approved), .number(UInt64(sum.fewest)), .number(UInt64(sum.most)),
                        .number(sum.dissent),
                    ]
                }
        )
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
        var sums: [[[UInt8]]: ReportedCounts<ClaimColumn>] = [:]
        for claim in claims.values {
            if claim.index >= from { sums[[claim.node], default: ReportedCounts()][.claims] += 1 }
            if claim.repeated > 0 { sums[[claim.node], default: ReportedCounts()][.repeated] += claim.repeated }
        }
        for (_, claim) in unmatched { sums[[claim.node], default: ReportedCounts()][.unmatched] += 1 }
        return ReportTable("claims", columns("node", ClaimColumn.self), rows(sums))
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
