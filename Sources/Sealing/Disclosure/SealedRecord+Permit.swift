// SPDX-License-Identifier: Apache-2.0

import Accounts
import Base
import Governance
import Transparency

extension SealedRecord {
    /// What a permit allows to be opened of this record, and for whom.
    func scope<Crypto: CryptoProvider>(
        of permit: Permit,
        salt: [UInt8],
        now: EntryTime,
        with crypto: Crypto.Type
    ) throws(ReleaseRefusal) -> (fields: [Name], recipient: [UInt8]) {
        guard permit.action.discloses, case .fields(let fields, let ordered, let recipient) = permit.scope else {
            throw .notADisclosure
        }
        guard permit.inForce.genesis == genesis else { throw .otherDeployment }
        guard ordered == id(with: crypto) else { throw .otherRecord }
        guard AccountSubject.commitment(to: owner, genesis: genesis, salt: salt, with: crypto) == permit.subject else {
            throw .otherSubject
        }
        guard now < permit.until else { throw .permitExpired }
        guard !isExpired(now: now) else { throw .expired }
        for field in fields where self.field(field) == nil { throw .unknownField(field) }
        return (fields, recipient)
    }

    /// That a share is the one that the owner made for this place.
    func check<Crypto: CryptoProvider>(
        _ share: Secret,
        of field: SealedField,
        place: UInt8,
        from seat: Name,
        with crypto: Crypto.Type
    ) throws(ReleaseRefusal) {
        let hash = FieldSecret<Crypto>.hash(of: share, place: place, context(of: field.name))
        guard field.shareHashes[Int(place) - 1] == hash else { throw .wrongShare(seat, field.name) }
    }
}
