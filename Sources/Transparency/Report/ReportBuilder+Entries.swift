// SPDX-License-Identifier: Apache-2.0

import Base

extension ReportBuilder {
    mutating func take(_ bytes: [UInt8], _ leaf: TreeHash, _ index: UInt64) {
        let isCounted = index >= from
        let known = EntryType.allCases.count
        let entry: ReadEntry
        do throws(EntryRefusal) { entry = try ReadEntry(parsing: bytes) } catch {
            if isCounted { types[known + 1] += 1 }
            return
        }
        let opened = openedCommitment(entry)
        do throws(CaseRefusal) { try book.admit(entry, leaf: leaf, index: index) } catch {
            if isCounted { types[known + 2] += 1 }
            return
        }
        if let time, entry.time > time {
            if isCounted { silence = max(silence, entry.time.seconds - time.seconds) }
            self.time = entry.time
        } else if time == nil {
            time = entry.time
        }
        if let id = entry.link?.caseID, cases[id] == nil {
            cases[id] = ReportedCase(begun: entry.time, isOfPeriod: isCounted)
            if isCounted {
                cases[id]?.counts[RequestColumn.received] += 1
                count(.received, at: entry.time)
            }
        }
        guard case .known(let entry) = entry else {
            if isCounted { types[known] += 1 }
            return
        }
        if isCounted, let place = EntryType.allCases.firstIndex(of: entry.type) { types[place] += 1 }
        if isCounted { count(entry, opened) }
        if let id = entry.link?.caseID {
            take(entry, of: id, isCounted)
        } else {
            takeOfDeployment(entry, index, isCounted)
        }
    }

    /// The commitment that an entry opens, with the moment by which it should have been open.
    private func openedCommitment(_ entry: ReadEntry) -> CaseBook<Crypto>.Pending? {
        guard case .known(let entry) = entry, entry.type == .opening, let leaf = entry.hash(.opens) else { return nil }
        return book.pending[leaf]
    }

    /// What commitments and seats have of an entry.
    private mutating func count(_ entry: LogEntry, _ opened: CaseBook<Crypto>.Pending?) {
        if entry.value(.commitment) != nil { commitments.made += 1 }
        if entry.value(.due) != nil { commitments.due += 1 }
        if let opened {
            commitments.opened += 1
            if let due = opened.due, due < entry.time { commitments.openedLate += 1 }
        }
        guard let actor = entry.value(.actor), let column = SeatColumn(entry) else { return }
        seats[actor][column] += 1
    }

    mutating func count(_ column: MonthColumn, at time: EntryTime) {
        months[Array(time.bytes.prefix(7))][column] += 1
    }

    private mutating func takeOfDeployment(_ entry: LogEntry, _ index: UInt64, _ isCounted: Bool) {
        switch entry.type {
        case .incident:
            if let document = entry.value(.document) { incidents.insert(document) }
        case .interruptionClaim:
            guard let document = entry.value(.document), let node = entry.value(.node) else { return }
            if claims[document] == nil {
                claims[document] = ReportedClaim(index: index, time: entry.time, node: node)
                if isCounted { count(.claims, at: entry.time) }
            } else if isCounted {
                claims[document]?.repeated += 1
            }
        case .charter where isCounted:
            charterRows.append(row(entry, index, [.version, .document]))
        case .seat where isCounted:
            seatRows.append(row(entry, index, [.seat, .change, .charterHash]))
        case .report where isCounted:
            reportRows.append(row(entry, index, [.fromSize, .toSize, .document]))
        case .release where isCounted:
            guard let component = entry.value(.component), let release = entry.value(.release) else { return }
            if let place = releases.firstIndex(where: { $0.component == component }) {
                releases[place].count += 1
                releases[place].last = release
            } else {
                releases.append((component, 1, release))
            }
        default: break
        }
    }

    /// Numbers out of entries stay as they are written: they may be larger than JSON's readers hold.
    private func row(_ entry: LogEntry, _ index: UInt64, _ fields: [EntryField]) -> [ReportCell] {
        [.number(index), .word(entry.time.bytes)] + fields.map { entry.value($0).map { .word($0) } ?? .none }
    }
}

extension SeatColumn {
    fileprivate init?(_ entry: LogEntry) {
        switch entry.type {
        case .contact: self = .contact
        case .docket: self = .docket
        case .check: self = .check
        case .proposed: self = .proposed
        case .objection: self = .objection
        case .halt: self = .halt
        case .approval:
            guard let stage = entry.value(.stage), let decision = entry.value(.decision) else { return nil }
            if decision.elementsEqual([UInt8](word: "refuse")) {
                self = .refuse
            } else if decision.elementsEqual([UInt8](word: "narrow")) {
                self = .narrow
            } else {
                self = stage.elementsEqual([UInt8](word: "confirm")) ? .confirm : .intend
            }
        default: return nil
        }
    }
}
