// SPDX-License-Identifier: Apache-2.0

import Accounts
public import Base
import Governance
import Transparency

extension SealedRecord {
    /// The canonical text (docs/sealing.md).
    public var text: [UInt8] {
        var writer = unsigned
        writer.line(.signature, Base64.encode(signature))
        return writer.bytes
    }

    /// What the owner signs.
    var unsigned: TextWriter {
        var writer = TextWriter()
        writer.header("vigil-sealed-record/v1")
        writer.line(.genesis, genesis.hex)
        writer.line(.charter, charter.hex)
        writer.line(.owner, owner.hex)
        writer.line(.salt, Hexadecimal.encode(salt))
        writer.line(.sealed, sealed.bytes)
        writer.line(.until, until.bytes)
        for name in custodians { writer.line(.custodian, name.bytes) }
        for field in fields {
            writer.line(.field, field.name.bytes)
            writer.line(.commitment, Hexadecimal.encode(field.commitment))
            writer.line(.ciphertext, Base64.encode(field.ciphertext))
            for hash in field.shareHashes { writer.line(.shareHash, hash.hex) }
        }
        return writer
    }

    /// Reads exactly the canonical text of a record that its owner signed.
    public init<Crypto: CryptoProvider>(parsing text: [UInt8], with crypto: Crypto.Type) throws(RecordRefusal) {
        var reader = try RecordReader(text, header: "vigil-sealed-record/v1", longest: SealedRecord.longest)
        genesis = try reader.hash(.genesis)
        charter = try reader.hash(.charter)
        owner = try reader.account(.owner)
        salt = try reader.hex(.salt, count: SealedRecord.saltLength)
        sealed = try reader.time(.sealed)
        until = try reader.time(.until)
        guard SealedRecord.isRetention(from: sealed, until: until) else { throw .wrongRetention }
        var custodians: [Name] = []
        for _ in SecretSharing.places { custodians.append(try reader.name(.custodian)) }
        guard Set(custodians).count == SecretSharing.count else { throw .custodianTwice }
        self.custodians = custodians
        var fields: [SealedField] = []
        while let value = reader.maybe(.field) {
            guard fields.count < SealedRecord.mostFields else { throw .wrongFieldCount }
            guard let name = Name(value) else { throw .malformed(.field) }
            if let last = fields.last, !last.name.precedes(name) { throw .unsortedFields }
            fields.append(try SealedRecord.readField(name, &reader))
        }
        guard !fields.isEmpty else { throw .wrongFieldCount }
        self.fields = fields
        signature = try reader.base64(.signature, count: 64)
        try reader.end()
        guard owner.verifies(signature, over: unsigned.bytes, with: crypto) else { throw .wrongSignature }
    }

    private static func readField(_ name: Name, _ reader: inout RecordReader) throws(RecordRefusal) -> SealedField {
        let commitment = try reader.hex(.commitment, count: 32)
        let ciphertext = try reader.base64(.ciphertext, count: SealedField.ciphertextLength)
        var hashes: [DocumentHash] = []
        for _ in SecretSharing.places { hashes.append(try reader.hash(.shareHash)) }
        return SealedField(name: name, commitment: commitment, ciphertext: ciphertext, shareHashes: hashes)
    }

    static func isRetention(from sealed: EntryTime, until: EntryTime) -> Bool {
        sealed < until && until.seconds - sealed.seconds <= SealedRecord.longestRetention
    }
}
