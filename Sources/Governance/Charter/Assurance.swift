// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// A level, and why it isn't higher.
///
/// Computed as an attacker would: whoever isn't known counts as the operator's, in as many countries as it takes.
public struct Assurance: Hashable, Sendable {
    public let level: AssuranceLevel
    public let reasons: [AssuranceReason]

    public init(of charter: Charter, logPolicy: TrustPolicy, known: KnownKeys) {
        guard !charter.seats.isEmpty else {
            level = .oneOperator
            reasons = [.noSeats]
            return
        }
        let seats = charter.known(known)
        let witnesses = logPolicy.known(known)
        var reasons: [AssuranceReason] = []
        for action in Action.allCases where action.actsOnSomebody || action == .charter {
            guard let rule = charter.rule(for: action) else { continue }
            if charter.suffices(rule, seats, parties: 1, by: { $0.organisation.bytes }) {
                reasons.append(.oneOrganisationCan(action))
            }
        }
        if case .none = logPolicy.quorum {
            reasons.append(.noWitnesses)
        } else if logPolicy.isSatisfied(by: witnesses.unknown) {
            reasons.append(.unknownWitnesses)
        }
        guard reasons.isEmpty else {
            level = .oneOperator
            self.reasons = reasons
            return
        }
        for action in Action.allCases where action.actsOnSomebody || action == .charter {
            guard let rule = charter.rule(for: action) else { continue }
            if charter.suffices(rule, seats, parties: 2, by: { $0.home.bytes }) {
                reasons.append(.twoJurisdictionsCan(action))
            }
        }
        for organisation in witnesses.organisations {
            let theirs = witnesses.known.filter { $0.organisation == organisation }.map { $0.index }
            if logPolicy.isSatisfied(by: witnesses.unknown.union(theirs)) {
                reasons.append(.oneOrganisationWitnesses)
                break
            }
        }
        guard reasons.isEmpty else {
            level = .twoOperators
            self.reasons = reasons
            return
        }
        if known.mirrors < 2 { reasons.append(.noMirrors) }
        if !known.clientIsIndependent { reasons.append(.clientFromNode) }
        level = reasons.isEmpty ? .independentClient : .threeJurisdictions
        self.reasons = reasons
    }
}

extension TrustPolicy {
    fileprivate struct KnownWitnesses {
        var unknown: Set<Int> = []
        var known: [(index: Int, organisation: Name)] = []
        var organisations: [Name] = []
    }

    fileprivate func known(_ keys: KnownKeys) -> KnownWitnesses {
        var found = KnownWitnesses()
        for (index, witness) in witnesses.enumerated() {
            guard let key = keys.witnesses.first(where: { $0.publicKey == witness.key.publicKey }) else {
                found.unknown.insert(index)
                continue
            }
            found.known.append((index, key.organisation))
            if !found.organisations.contains(key.organisation) { found.organisations.append(key.organisation) }
        }
        return found
    }
}

extension Charter {
    /// For each seat, what the client knows of it. All of a seat's passkeys must be known: each of them can sign.
    fileprivate func known(_ keys: KnownKeys) -> [KnownKeys.SeatKey?] {
        seats.map { seat in
            var found: KnownKeys.SeatKey?
            for credential in seat.credentials {
                guard let key = keys.seats.first(where: { $0.publicKey == credential.publicKey }) else { return nil }
                found = key
            }
            return found
        }
    }

    /// True if unknown seats and those of some `parties` (one or two) are enough. What a charter says of an unknown seat's country
    /// counts for nothing, so that each may be from wherever it takes.
    fileprivate func suffices(
        _ rule: ActionRule,
        _ known: [KnownKeys.SeatKey?],
        parties: Int,
        by party: (KnownKeys.SeatKey) -> [UInt8]
    ) -> Bool {
        var all: [[UInt8]] = []
        for case let key? in known where !all.contains(party(key)) { all.append(party(key)) }
        var coalitions: [[[UInt8]]] = all.isEmpty ? [[]] : all.map { [$0] }
        if parties == 2 {
            for (number, first) in all.enumerated() {
                for second in all[(number + 1)...] { coalitions.append([first, second]) }
            }
        }
        let counted = seats(below: rule.quorum)
        for coalition in coalitions {
            var present: [Int] = []
            var (unknown, homes, organisations): (Int, [Country], [Name]) = (0, [], [])
            for index in counted {
                if let key = known[index] {
                    guard coalition.contains(party(key)) else { continue }
                    if !homes.contains(key.home) { homes.append(key.home) }
                    if !organisations.contains(key.organisation) { organisations.append(key.organisation) }
                } else {
                    unknown += 1
                }
                present.append(index)
            }
            if isSatisfied(rule.quorum, by: present), homes.count + unknown >= rule.jurisdictions ?? 0,
                organisations.count + unknown >= rule.organisations ?? 0
            {
                return true
            }
        }
        return false
    }
}
