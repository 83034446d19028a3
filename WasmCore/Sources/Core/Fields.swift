// SPDX-License-Identifier: Apache-2.0

import Base

/// The fields of a call, in order: numbers big-endian, byte strings after four bytes of length.
struct Fields {
    private var reader: ByteReader

    init(_ bytes: [UInt8]) {
        reader = ByteReader(bytes)
    }

    mutating func byte() throws(CoreRefusal) -> UInt8 {
        guard let value = reader.readUInt8() else { throw .malformedCall }
        return value
    }

    mutating func word16() throws(CoreRefusal) -> UInt16 {
        guard let value = reader.readUInt16() else { throw .malformedCall }
        return value
    }

    mutating func word32() throws(CoreRefusal) -> UInt32 {
        guard let value = reader.readUInt32() else { throw .malformedCall }
        return value
    }

    mutating func word64() throws(CoreRefusal) -> UInt64 {
        guard let value = reader.readUInt64() else { throw .malformedCall }
        return value
    }

    mutating func bytes() throws(CoreRefusal) -> [UInt8] {
        // `Int` has 32 bits here: a length above its range is malformed, not a trap.
        guard let length = reader.readUInt32(), let count = Int(exactly: length), let bytes = reader.read(count: count)
        else { throw .malformedCall }
        return Array(bytes)
    }

    mutating func secret() throws(CoreRefusal) -> Secret {
        Secret(try bytes())
    }

    /// What sealing and opening take besides the algorithm, up to the end of the call.
    struct Sealing {
        let key: Secret
        let nonce: [UInt8]
        let additional: [UInt8]
        let data: [UInt8]
    }

    mutating func sealing() throws(CoreRefusal) -> Sealing {
        let key = try secret()
        let nonce = try bytes()
        let additional = try bytes()
        let data = try bytes()
        try end()
        return Sealing(key: key, nonce: nonce, additional: additional, data: data)
    }

    func end() throws(CoreRefusal) {
        guard reader.isAtEnd else { throw .malformedCall }
    }
}

extension ByteWriter {
    /// A byte string as ``Fields`` has it.
    mutating func writeField(_ bytes: [UInt8]) {
        write(UInt32(truncatingIfNeeded: bytes.count))
        write(bytes)
    }

    mutating func writeField(_ secret: Secret) {
        write(UInt32(truncatingIfNeeded: secret.count))
        secret.withBytes { write($0) }
    }
}
