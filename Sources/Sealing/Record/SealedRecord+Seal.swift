// SPDX-License-Identifier: Apache-2.0

public import Accounts
public import Base
public import Governance
public import Transparency

extension SealedRecord {
    /// Seals: in the person's client, once for each record. To change something, or to go to other custodians, a new record is sealed and
    /// the old one deleted.
    ///
    /// - Parameters:
    ///   - contents: what is to be sealed, by field; at most 510 bytes each.
    ///   - until: at most ``longestRetention`` after `now`.
    /// - Returns: the record, and a file for each custodian.
    public static func seal<Crypto: CryptoProvider>(
        _ contents: [(field: Name, content: Redacted<[UInt8]>)],
        by owner: AccountSecret,
        for custodians: Custodians,
        now: EntryTime,
        until: EntryTime,
        using randomness: inout some Randomness,
        with crypto: Crypto.Type
    ) throws(SealingRefusal) -> (record: SealedRecord, shares: [SealedShares]) {
        guard 1...mostFields ~= contents.count else { throw .wrongFieldCount }
        guard isRetention(from: now, until: until) else { throw .wrongRetention }
        let contents = contents.sorted { $0.field.precedes($1.field) }
        for (first, second) in zip(contents, contents.dropFirst()) where first.field == second.field {
            throw .fieldTwice(first.field)
        }
        let salt = randomness.bytes(saltLength)
        let genesis = custodians.inForce.genesis
        var fields: [SealedField] = []
        var split: [[Secret]] = []
        for (name, content) in contents {
            let context = FieldContext(genesis: genesis, salt: salt, field: name)
            let secret: FieldSecret<Crypto>
            let commitment: [UInt8]
            do throws(CryptoRefusal) {
                secret = try FieldSecret(recordKey: recordKey(owner, salt: salt, with: crypto), context)
                commitment = try secret.commitment()
            } catch {
                throw .crypto(error)
            }
            let shares = secret.shares(using: &randomness)
            let hashes = zip(SecretSharing.places, shares).map { place, share in
                FieldSecret<Crypto>.hash(of: share, place: place, context)
            }
            fields.append(
                SealedField(
                    name: name,
                    commitment: commitment,
                    ciphertext: try secret.seal(content.value),
                    shareHashes: hashes
                )
            )
            split.append(shares)
        }
        let record: SealedRecord
        do throws(CryptoRefusal) {
            let draft = SealedRecord(
                genesis: genesis,
                charter: custodians.inForce.hash,
                owner: try owner.key(with: crypto),
                salt: salt,
                sealed: now,
                until: until,
                custodians: custodians.seats,
                fields: fields,
                signature: []
            )
            record = draft.signed(try owner.sign(draft.unsigned.bytes, with: crypto))
            return (record, try record.sealedShares(of: split, for: custodians, using: &randomness, with: crypto))
        } catch {
            throw .crypto(error)
        }
    }

    private func signed(_ signature: [UInt8]) -> SealedRecord {
        SealedRecord(
            genesis: genesis,
            charter: charter,
            owner: owner,
            salt: salt,
            sealed: sealed,
            until: until,
            custodians: custodians,
            fields: fields,
            signature: signature
        )
    }

    /// - Parameter split: for each field the shares of places 1 to 5.
    private func sealedShares<Crypto: CryptoProvider>(
        of split: [[Secret]],
        for custodians: Custodians,
        using randomness: inout some Randomness,
        with crypto: Crypto.Type
    ) throws(CryptoRefusal) -> [SealedShares] {
        let id = id(with: crypto)
        var files: [SealedShares] = []
        for (index, place) in SecretSharing.places.enumerated() {
            files.append(
                try SealedShares(
                    fields.indices.map { (fields[$0].name, split[$0][index]) },
                    of: id,
                    place: place,
                    to: custodians.seats[index],
                    key: custodians.keys[index],
                    using: &randomness,
                    with: crypto
                )
            )
        }
        return files
    }
}
