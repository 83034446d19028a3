// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance
public import Transparency

/// The recipient's side: three custodians' releases, and the ordered fields open. A share that isn't the owner's is refused by the name of who
/// gave it; the others count on.
public struct Combiner<Crypto: CryptoProvider>: Sendable {
    private let record: SealedRecord
    private let permit: Permit
    private let fields: [Name]
    private let keyPair: HPKEKeyPair
    private var releases: [Release] = []

    private struct Release: Sendable {
        let seat: Name
        let place: UInt8
        /// In the order of `fields`.
        let shares: [Secret]
    }

    /// - Parameters:
    ///   - permit: what the verifier said of the order, at a moment at which it could be executed.
    ///   - salt: opens the order's subject.
    ///   - keyPair: of the order's recipient key.
    ///   - now: that moment.
    public init(
        _ record: SealedRecord,
        under permit: Permit,
        salt: [UInt8],
        keyPair: HPKEKeyPair,
        now: EntryTime
    ) throws(ReleaseRefusal) {
        let (fields, recipient) = try record.scope(of: permit, salt: salt, now: now, with: Crypto.self)
        guard recipient == keyPair.publicKey else { throw .otherKey }
        self.record = record
        self.permit = permit
        self.fields = fields
        self.keyPair = keyPair
    }

    /// Whose releases are in.
    public var seats: [Name] { releases.map { $0.seat } }

    /// Takes a release, or refuses it and stays as it was.
    public mutating func add(
        _ released: ReleasedShares,
        signed: Signed<ShareRelease>,
        now: EntryTime
    ) throws(ReleaseRefusal) {
        let seat = released.seat
        let charter = permit.inForce.charter
        do throws(CustodianRefusal) { try charter.checkCustodian(seat, now: now) } catch { throw .custodian(error) }
        guard signed.statement == released.statement(under: permit.inForce.hash, with: Crypto.self),
            released.order == permit.order, released.record == record.id(with: Crypto.self),
            released.key == keyPair.publicKey, released.shares.map({ $0.field }) == fields
        else { throw .releaseOfAnother(seat) }
        do throws(AssertionRefusal) { _ = try signed.verify(under: charter, with: Crypto.self) } catch {
            throw .assertion(seat, error)
        }
        guard !releases.contains(where: { $0.seat == seat || $0.place == released.place }) else { throw .twice(seat) }
        var shares: [Secret] = []
        for (name, sealed) in released.shares {
            guard let field = record.field(name) else { throw .unknownField(name) }
            let info = ReleasedShares.info(released.order, released.record, released.place, seat, name)
            let share: Secret
            do throws(CryptoRefusal) {
                share = try sealed.open(with: keyPair, info: info, crypto: Crypto.self)
            } catch {
                throw .wrongShare(seat, name)
            }
            try record.check(share, of: field, place: released.place, from: seat, with: Crypto.self)
            shares.append(share)
        }
        releases.append(Release(seat: seat, place: released.place, shares: shares))
    }

    /// The ordered fields, and nothing else: no key of another one is here.
    public func open() throws(ReleaseRefusal) -> [OpenedField] {
        guard releases.count >= SecretSharing.threshold else { throw .tooFew(releases.count) }
        var opened: [OpenedField] = []
        for (index, name) in fields.enumerated() {
            let three = releases.prefix(SecretSharing.threshold).map { (place: $0.place, share: $0.shares[index]) }
            guard let field = record.field(name), let secret = SecretSharing.combine(three) else {
                throw .inconsistentRecord(name)
            }
            let found = FieldSecret<Crypto>(secret, record.context(of: name))
            do throws(CryptoRefusal) {
                guard try found.commitment() == field.commitment else { throw .authenticationFailed }
                opened.append(OpenedField(name: name, content: Redacted(try found.open(field.ciphertext))))
            } catch {
                throw .inconsistentRecord(name)
            }
        }
        return opened
    }
}
