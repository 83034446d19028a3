// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

extension CaseRegistry {
    /// When ``tick(_:)`` may have something to do next.
    public var deadline: EntryTime? {
        var times: [EntryTime] = []
        for file in cases.values {
            if let closed = file.closed {
                if let end = EntryTime(seconds: closed.seconds + Self.retention) { times.append(end) }
            } else if let deadline = file.desk.deadline {
                times.append(deadline)
            }
        }
        return times.min()
    }

    /// Closes what is overdue: a plan for each case.
    public func tick(_ now: EntryTime) -> [RegistryPlan] {
        guard let charter = chain.current(at: now)?.charter else { return [] }
        var plans: [RegistryPlan] = []
        for file in cases.values where file.closed == nil {
            var desk = file.desk
            guard
                let entries = try? desk.handle(.tick, after: file.head, under: charter, now: now, with: Crypto.self),
                !entries.isEmpty, (try? admit(entries)) != nil
            else { continue }
            var plan = RegistryPlan()
            plan.entries = entries
            plans.append(plan)
        }
        return plans
    }

    /// Forgets cases whose time after their end is over.
    ///
    /// - Returns: those whose texts and documents are to be deleted.
    public mutating func forget(_ now: EntryTime) -> [CaseID] {
        let over = cases.values.filter { file in
            file.closed.map { now.seconds >= $0.seconds + Self.retention } ?? false
        }.map { $0.desk.caseID }
        for caseID in over { cases[caseID] = nil }
        return over
    }

    /// Whether an entry that was planned before a restart is still what follows from the texts. Nobody's database can put
    /// anything else into the log this way.
    public func isPlanned(_ entry: LogEntry, papers: [DocumentHash: Paper]) -> Bool {
        let assertion = entry.hash(.assertion)
        switch entry.type {
        case .approval:
            guard let signed = assertion.flatMap({ papers[$0] }).flatMap({ try? Signed<Approval>(parsing: $0.bytes) })
            else { return false }
            return (try? plan(signed, now: entry.time))?.entries.contains(entry) == true
        case .halt, .objection, .seat:
            return shelf.stops.contains { stop in
                stop.hash(with: Crypto.self) == assertion
                    && (try? plan(stop, now: entry.time))?.entries.contains(entry) == true
            }
        case .approved:
            guard let file = entry.hash(.order).flatMap({ try? openCase(of: $0) }),
                let charter = chain.current(at: entry.time)?.charter
            else { return false }
            var desk = file.desk
            return
                (try? desk.handle(
                    .approved,
                    after: file.head,
                    under: charter,
                    now: entry.time,
                    with: Crypto.self
                )) == [entry]
        case .executed:
            // It gives nothing to anybody, and without it what was done could be done again.
            guard let file = entry.hash(.order).flatMap({ try? openCase(of: $0) }) else { return false }
            var progress = file.desk.progress
            guard (try? progress.admit(entry, under: chain.charter(at: entry.time))) != nil else { return false }
            return (try? admit([entry])) != nil
        default:
            guard let signed = assertion.flatMap({ papers[$0] }).flatMap({ try? Signed<Step>(parsing: $0.bytes) })
            else { return tick(entry.time).contains { $0.entries == [entry] } }
            var (order, notice): ([UInt8]?, [UInt8]?) = (nil, nil)
            switch signed.statement.deed {
            case .propose(let hash): order = papers[hash]?.bytes
            case .notice(_, let receipt?): notice = papers[receipt]?.bytes
            default: break
            }
            let submission = Submission.step(signed, order: order, notice: notice)
            let planned = try? plan(submission, documents: Set(signed.statement.documents), now: entry.time)
            return planned?.entries == [entry]
        }
    }
}
