// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// Five custodians to seal for: seats of the charter in force with keys that they signed themselves, so that no node can put in its own;
/// and so spread that no country and no organisation has a hold on three.
public struct Custodians: Sendable {
    /// Of how many different home countries they are.
    public static let fewestCountries = 4

    public let inForce: CharterInForce
    /// Of places 1 to 5, in the order of their names.
    public let seats: [Name]
    /// The X25519 keys of these.
    let keys: [[UInt8]]

    /// - Parameter signed: five seats' keys: of each the one with the latest `since`.
    public init<Crypto: CryptoProvider>(
        _ signed: [Signed<SeatKey>],
        under inForce: CharterInForce,
        now: EntryTime,
        with crypto: Crypto.Type
    ) throws(CustodianRefusal) {
        guard signed.count == SecretSharing.count else { throw .notFive }
        var keys: [SeatKey] = []
        for key in signed { keys.append(try inForce.custodianKey(key, now: now, with: crypto)) }
        keys.sort { $0.seat.precedes($1.seat) }
        for (first, second) in zip(keys, keys.dropFirst()) where first.seat == second.seat {
            throw .twice(first.seat)
        }
        self.inForce = inForce
        seats = keys.map { $0.seat }
        self.keys = keys.map { $0.key }
        try inForce.charter.checkSpread(of: seats)
        let homes = Set(seats.compactMap { inForce.charter.seat($0)?.home })
        guard homes.count >= Custodians.fewestCountries else { throw .tooFewCountries }
    }
}

extension CharterInForce {
    /// A custodian's key, if the charter in force lists the custodian and the seat's passkey signed the key.
    func custodianKey<Crypto: CryptoProvider>(
        _ signed: Signed<SeatKey>,
        now: EntryTime,
        with crypto: Crypto.Type
    ) throws(CustodianRefusal) -> SeatKey {
        let name = signed.statement.seat
        try charter.checkCustodian(name, now: now)
        guard effective <= now.seconds, now < charter.expires else { throw .charterNotInEffect }
        guard signed.statement.genesis == genesis else { throw .otherDeployment(name) }
        do throws(AssertionRefusal) { return try signed.verify(under: charter, with: crypto).statement } catch {
            throw .assertion(name, error)
        }
    }
}

extension Charter {
    func checkCustodian(_ name: Name, now: EntryTime) throws(CustodianRefusal) {
        guard let seat = seat(name), seat.role == .custodian else { throw .noCustodian(name) }
        guard seat.since <= now, seat.until.map({ now < $0 }) ?? true else { throw .outOfOffice(name) }
    }

    /// No country that has a tie to a seat, and no organisation, has as many as open a record. Seats that are no more have no say.
    func checkSpread(of names: [Name]) throws(CustodianRefusal) {
        let seats = names.compactMap { seat($0) }
        for seat in seats {
            for country in seat.jurisdictions {
                let tied = seats.filter { $0.jurisdictions.contains(country) }.count
                guard tied < SecretSharing.threshold else { throw .oneCountry(country) }
            }
            let colleagues = seats.filter { $0.organisation == seat.organisation }.count
            guard colleagues < SecretSharing.threshold else { throw .oneOrganisation(seat.organisation) }
        }
    }
}
