// SPDX-License-Identifier: Apache-2.0

import Base

extension ReportBuilder {
    /// A step in the life of a case.
    mutating func take(_ entry: LogEntry, of id: CaseID, _ isCounted: Bool) {
        // Taken out and put back, so that what it holds isn't copied.
        guard var state = cases.removeValue(forKey: id) else { return }
        if let order = entry.value(.order) {
            let key = ReportedOrder.ID(caseID: id, hash: order)
            var order = orders.removeValue(forKey: key) ?? ReportedOrder()
            take(entry, of: &order, in: &state, isCounted)
            orders[key] = order
        }
        switch entry.type {
        case .contact: name(&state, entry)
        case .docket:
            name(&state, entry)
            if isCounted { state.counts[RequestColumn.docketed] += 1 }
            if state.docketed == nil {
                state.docketed = entry.time
                if isCounted { times.docketed.add(from: state.begun, to: entry.time) }
            }
        case .closed:
            state.isClosed = true
            guard isCounted else { break }
            state.counts[RequestColumn.closed] += 1
            count(.closed, at: entry.time)
            times.closed.add(from: state.begun, to: entry.time)
            if let column = entry.value(.outcome).flatMap({ RequestColumn(outcome: $0) }) {
                state.counts[column] += 1
                if column == .refused { count(.refused, at: entry.time) }
                if column == .narrowed { count(.narrowed, at: entry.time) }
            }
        case .opening: reveal(entry, id, &state)
        default: break
        }
        cases[id] = state
    }

    private func name(_ state: inout ReportedCase, _ entry: LogEntry) {
        if let instrument = entry.value(.instrument) { state.instrument = instrument }
        // Who was named before isn't taken back by a later entry that doesn't say.
        guard let requester = entry.value(.requester) else { return }
        if requester != ReportedCase.undisclosed || state.requester == ReportedCase.unknown {
            state.requester = requester
        }
    }

    /// What an opening says counts as if it had stood in the entry.
    private mutating func reveal(_ entry: LogEntry, _ id: CaseID, _ state: inout ReportedCase) {
        for line in entry.lines where line.field == .reveal {
            if let country = line.value[...].dropping("requester "), !country.elementsEqual(ReportedCase.undisclosed) {
                state.requester = Array(country)
            } else if let instrument = line.value[...].dropping("instrument ") {
                state.instrument = Array(instrument)
            } else if let document = line.value[...].dropping("document ") {
                revealed[Array(document), default: []].append(id)
            }
        }
    }

    private mutating func take(
        _ entry: LogEntry,
        of order: inout ReportedOrder,
        in state: inout ReportedCase,
        _ isCounted: Bool
    ) {
        let time = entry.time
        switch entry.type {
        case .proposed:
            if isCounted { add(.proposed, .proposed, .proposed, to: &order, &state, time) }
            if order.proposed == nil {
                order.proposed = time
                if let action = entry.value(.action) { order.action = action }
            }
            if !state.isProposed {
                state.isProposed = true
                if isCounted { times.proposed.add(from: state.docketed, to: time) }
            }
        case .approval: approve(entry, &order, isCounted)
        case .approved:
            if isCounted { add(.approved, .approved, .approved, to: &order, &state, time) }
            guard order.approved == nil else { break }
            order.approved = time
            order.isApprovedInPeriod = isCounted
            if isCounted { times.approved.add(from: order.proposed, to: time) }
        case .notice:
            if let until = entry.time(.embargoUntil) {
                order.embargo = until
            } else if order.isExecuted {
                order.isNoticedAfter = true
            } else {
                order.isNoticedBefore = true
            }
        case .executed:
            if isCounted { add(.executed, .executed, .executed, to: &order, &state, time) }
            state.isExecuted = true
            guard !order.isExecuted else { break }
            order.isExecuted = true
            order.isExecutedInPeriod = isCounted
            if isCounted { times.executed.add(from: order.approved, to: time) }
        case .delivered:
            if isCounted { add(.delivered, .delivered, nil, to: &order, &state, time) }
        default: break
        }
    }

    private mutating func add(
        _ act: OrderColumn,
        _ column: RequestColumn,
        _ month: MonthColumn?,
        to order: inout ReportedOrder,
        _ state: inout ReportedCase,
        _ time: EntryTime
    ) {
        order.counts[act] += 1
        state.counts[column] += 1
        if let month { count(month, at: time) }
    }

    private mutating func approve(_ entry: LogEntry, _ order: inout ReportedOrder, _ isCounted: Bool) {
        guard let actor = entry.value(.actor), let stage = entry.value(.stage), let decision = entry.value(.decision),
            let place = StageAndDecision.place(stage, decision)
        else { return }
        if isCounted { approvals[place] += 1 }
        guard decision.elementsEqual([UInt8](word: "approve")) else {
            order.hasDissent = true
            return
        }
        guard stage.elementsEqual([UInt8](word: "confirm")) else { return }
        if let approved = order.approved {
            if entry.time.seconds - approved.seconds <= ReportedOrder.ratification { order.isConfirmedLater = true }
        } else {
            order.confirmed.insert(actor)
        }
    }
}
