// SPDX-License-Identifier: Apache-2.0

import Base
public import Transparency

extension CaseRegistry {
    /// Whether a signed statement opens a case's papers now. A case that nobody has begun is open for uploads.
    public func check(
        _ access: Signed<CaseAccess>,
        to caseID: CaseID,
        for purpose: CaseAccess.Purpose,
        now: EntryTime
    ) throws(RegistryRefusal) {
        let statement = access.statement
        let inForce = try charterForStops(now)
        guard statement.genesis == inForce.genesis else { throw .otherGenesis }
        guard statement.caseID == caseID, statement.purpose == purpose,
            statement.time.seconds <= now.seconds + OrderBundle.clockTolerance,
            now.seconds < statement.time.seconds + CaseAccess.validity
        else { throw .stale }
        let (_, seat) = try check(access, under: inForce, now)
        // A liaison may see nothing (governance.md §9.1).
        guard purpose == .upload || seat.role != .liaison else { throw .wrongRole(seat.name) }
    }

    /// - Parameter present: the seat's key that counts now.
    public func check(_ key: Signed<SeatKey>, after present: SeatKey?, now: EntryTime) throws(RegistryRefusal) {
        let statement = key.statement
        let inForce = try charterForStops(now)
        guard statement.genesis == inForce.genesis else { throw .otherGenesis }
        guard statement.since.seconds <= now.seconds + OrderBundle.clockTolerance,
            now.seconds < statement.since.seconds + SeatKey.freshness
        else { throw .stale }
        if let present { guard present.since < statement.since else { throw .olderKey } }
        guard Crypto.isValidPublicKey(.x25519, statement.key) else { throw .wrongText }
        _ = try check(key, under: inForce, now)
    }

    /// Whether a kept key is one still: signed by the seat under the charter in effect.
    public func holds(_ key: Signed<SeatKey>, now: EntryTime) -> Bool {
        guard let inForce = chain.current(at: now), key.statement.genesis == inForce.genesis else { return false }
        return (try? verify(key, under: inForce)) != nil
    }

    /// What a case's officers read.
    public func papers(of caseID: CaseID) -> [Paper]? { cases[caseID]?.papers }
}
