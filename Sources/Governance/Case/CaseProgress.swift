// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// A case as its log entries tell it, from the first on. Whoever writes asks it before an entry goes in; the verifier of a bundle
/// replays the case with it.
public struct CaseProgress: Hashable, Sendable {
    /// `nil` before the first entry.
    public private(set) var state: CaseState?
    /// The order that is proposed now.
    public private(set) var order: DocumentHash?
    /// All that were ever proposed.
    private var proposals: [DocumentHash] = []
    /// How the order's halts are named, if it is known here.
    private let nonceHash: DocumentHash?
    /// Who stops the proposed order.
    public private(set) var stopping: [Name] = []
    /// When the proposed order was approved, by its entry.
    public private(set) var approvedAt: EntryTime?
    public private(set) var docketed: EntryTime?
    public private(set) var received: EntryTime?

    public init(nonceHash: DocumentHash? = nil) {
        self.nonceHash = nonceHash
    }

    /// Takes the next entry in, or says why it can't be. What is refused changes nothing.
    public mutating func admit(_ entry: LogEntry, under charter: Charter) throws(CaseRule) {
        switch entry.type {
        case .contact: try receive(entry, charter)
        case .check: try check(entry, charter)
        case .docket:
            try docket(entry, charter)
        case .proposed: try propose(entry, charter)
        case .approval: try approve(entry, charter)
        case .objection, .halt: try stop(entry, charter)
        case .approved:
            try step(entry, from: [.approving], to: .timeLocked)
            approvedAt = entry.time
        case .notice:
            let isEmbargo = entry.time(.embargoUntil) != nil
            try step(entry, from: [.timeLocked], to: isEmbargo ? .embargoed : .noticed)
        case .executed: try step(entry, from: [.noticed, .embargoed], to: .executed)
        case .delivered: try step(entry, from: [.executed], to: .delivered)
        case .closed:
            guard let state, state != .closed else { throw .outOfTurn(state) }
            self.state = .closed
        case .opening: guard state != nil else { throw .outOfTurn(state) }
        default: throw .outOfTurn(state)
        }
    }

    private func actor(_ entry: LogEntry, _ charter: Charter) throws(CaseRule) -> Seat {
        guard let text = entry.text(.actor), let name = Name(text) else { throw .outOfTurn(state) }
        guard let seat = charter.seat(name) else { throw .unknownSeat(name) }
        return seat
    }

    private func handler(_ entry: LogEntry, _ charter: Charter) throws(CaseRule) -> Seat {
        let seat = try actor(entry, charter)
        guard seat.role != .liaison else { throw .liaisonMayOnlyRegister(seat.name) }
        guard seat.role.handlesCases else { throw .wrongRole(seat.name) }
        return seat
    }

    private mutating func receive(_ entry: LogEntry, _ charter: Charter) throws(CaseRule) {
        let seat = try actor(entry, charter)
        guard seat.role == .liaison || seat.role.handlesCases else { throw .wrongRole(seat.name) }
        guard state == nil else { throw .outOfTurn(state) }
        received = entry.time
        state = .received
    }

    private mutating func docket(_ entry: LogEntry, _ charter: Charter) throws(CaseRule) {
        _ = try handler(entry, charter)
        guard state == .authenticated else { throw .outOfTurn(state) }
        docketed = entry.time
        state = .docketed
    }

    private mutating func check(_ entry: LogEntry, _ charter: Charter) throws(CaseRule) {
        _ = try handler(entry, charter)
        guard let text = entry.text(.outcome) else { throw .outOfTurn(state) }
        let passed = text.utf8.elementsEqual("passed".utf8)
        switch state {
        case .received:
            // A failed authentication may be tried again until it expires.
            if passed { state = .authenticated }
        case .proposed, .approving:
            // What officers ask for less than, or doubt, is drafted anew.
            guard !passed else { throw .outOfTurn(state) }
            state = text.utf8.elementsEqual("narrowed".utf8) ? .narrowed : .challenged
        case .docketed, .checked, .narrowed, .challenged:
            state = passed ? .checked : text.utf8.elementsEqual("narrowed".utf8) ? .narrowed : .challenged
        default: throw .outOfTurn(state)
        }
    }

    private mutating func propose(_ entry: LogEntry, _ charter: Charter) throws(CaseRule) {
        _ = try handler(entry, charter)
        guard state == .checked || state == .halted else { throw .outOfTurn(state) }
        guard let proposed = entry.hash(.order) else { throw .outOfTurn(state) }
        // None is proposed again as it was: what was said to it then isn't said to it now.
        guard !proposals.contains(proposed) else { throw .otherOrder }
        proposals.append(proposed)
        order = proposed
        approvedAt = nil
        stopping = []
        state = .proposed
    }

    private mutating func approve(_ entry: LogEntry, _ charter: Charter) throws(CaseRule) {
        let seat = try actor(entry, charter)
        guard seat.role != .liaison else { throw .liaisonMayOnlyRegister(seat.name) }
        guard seat.role.approves else { throw .wrongRole(seat.name) }
        guard entry.hash(.order) == order else { throw .otherOrder }
        switch state {
        case .proposed: state = .approving
        // After `approved` come ratifications of what was done in an emergency, and changes of mind.
        case .approving, .timeLocked, .noticed, .embargoed, .executed, .delivered: break
        default: throw .outOfTurn(state)
        }
    }

    private mutating func stop(_ entry: LogEntry, _ charter: Charter) throws(CaseRule) {
        let seat = try actor(entry, charter)
        guard seat.role != .liaison else { throw .liaisonMayOnlyRegister(seat.name) }
        guard order != nil else { throw .outOfTurn(state) }
        if let nonceHash { guard entry.hash(.nonceHash) == nonceHash else { throw .otherOrder } }
        if !stopping.contains(seat.name) { stopping.append(seat.name) }
        guard let rule = charter.rule(for: .halt), charter.isSatisfied(rule, by: stopping) else { return }
        switch state {
        case .proposed, .approving, .timeLocked, .noticed, .embargoed: state = .halted
        default: break
        }
    }

    private mutating func step(_ entry: LogEntry, from states: [CaseState], to next: CaseState) throws(CaseRule) {
        guard let state, states.contains(state) else { throw .outOfTurn(state) }
        guard entry.hash(.order) == order else { throw .otherOrder }
        self.state = next
    }
}
