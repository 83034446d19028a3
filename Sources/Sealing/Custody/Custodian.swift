// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// What a custodian's client does with its shares of one record: look whether they are sound, release some of them under a permit, hand them
/// to a successor. None of it gives a share out in the clear.
public struct Custodian<Crypto: CryptoProvider>: Sendable {
    private let record: SealedRecord
    private let id: DocumentHash
    private let shares: SealedShares
    private let keyPair: HPKEKeyPair
    private let genesis: DocumentHash

    /// - Parameters:
    ///   - keyPair: the custodian's, to which the shares are sealed.
    ///   - genesis: the deployment that the custodian serves, known from elsewhere than the files.
    public init(
        of record: SealedRecord,
        shares: SealedShares,
        keyPair: HPKEKeyPair,
        genesis: DocumentHash
    ) throws(ReleaseRefusal) {
        guard record.genesis == genesis else { throw .otherDeployment }
        id = record.id(with: Crypto.self)
        guard shares.record == id else { throw .otherRecord }
        guard shares.key == keyPair.publicKey else { throw .otherKey }
        guard shares.shares.map({ $0.field }) == record.fields.map({ $0.name }) else { throw .otherFields }
        self.record = record
        self.shares = shares
        self.keyPair = keyPair
        self.genesis = genesis
    }

    /// That every share opens and is the one that the owner made.
    public func check() throws(ReleaseRefusal) {
        for field in record.fields { _ = try share(of: field.name) }
    }

    /// The shares of the ordered fields, and of no other, sealed to the order's recipient.
    ///
    /// - Parameters:
    ///   - permit: what ``OrderBundle/verify(stops:genesis:checkpoint:now:with:)`` has just said, here, on this custodian's machine.
    ///   - salt: opens the order's subject: the record must be that account's.
    public func release(
        under permit: Permit,
        salt: [UInt8],
        now: EntryTime,
        using randomness: inout some Randomness
    ) throws(ReleaseRefusal) -> ReleasedShares {
        let (fields, recipient) = try record.scope(of: permit, salt: salt, now: now, with: Crypto.self)
        guard permit.inForce.genesis == genesis else { throw .otherDeployment }
        do throws(CustodianRefusal) { try permit.inForce.charter.checkCustodian(shares.seat, now: now) } catch {
            throw .custodian(error)
        }
        var released: [(field: Name, share: Secret)] = []
        for field in fields { released.append((field, try share(of: field))) }
        do throws(CryptoRefusal) {
            return try ReleasedShares(
                released,
                of: id,
                place: shares.place,
                from: shares.seat,
                under: permit.order,
                to: recipient,
                using: &randomness,
                with: Crypto.self
            )
        } catch {
            throw .crypto(error)
        }
    }

    /// The same shares for another custodian of the charter in force (or the same one's new key). The successor checks them by their hashes. The
    /// predecessor still knows them: whoever mustn't waits for the person's client to seal anew.
    ///
    /// - Parameter present: who has the other four places now.
    public func handOver(
        to successor: Signed<SeatKey>,
        beside present: [Name],
        under inForce: CharterInForce,
        now: EntryTime,
        using randomness: inout some Randomness
    ) throws(ReleaseRefusal) -> SealedShares {
        guard inForce.genesis == genesis else { throw .otherDeployment }
        guard !record.isExpired(now: now) else { throw .expired }
        let key: SeatKey
        do throws(CustodianRefusal) {
            key = try inForce.custodianKey(successor, now: now, with: Crypto.self)
            guard present.count == SecretSharing.count - 1 else { throw .notFive }
            guard !present.contains(key.seat) else { throw .twice(key.seat) }
            try inForce.charter.checkSpread(of: present + [key.seat])
        } catch {
            throw .custodian(error)
        }
        var opened: [(field: Name, share: Secret)] = []
        for field in record.fields { opened.append((field.name, try share(of: field.name))) }
        do throws(CryptoRefusal) {
            return try SealedShares(
                opened,
                of: id,
                place: shares.place,
                to: key.seat,
                key: key.key,
                using: &randomness,
                with: Crypto.self
            )
        } catch {
            throw .crypto(error)
        }
    }

    private func share(of name: Name) throws(ReleaseRefusal) -> Secret {
        guard let field = record.field(name), let sealed = shares.shares.first(where: { $0.field == name })?.share
        else {
            throw .unknownField(name)
        }
        let info = SealedShares.info(id, shares.place, shares.seat, name)
        let share: Secret
        do throws(CryptoRefusal) { share = try sealed.open(with: keyPair, info: info, crypto: Crypto.self) } catch {
            throw .wrongShare(shares.seat, name)
        }
        try record.check(share, of: field, place: shares.place, from: shares.seat, with: Crypto.self)
        return share
    }
}
