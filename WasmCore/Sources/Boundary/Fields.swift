// SPDX-License-Identifier: Apache-2.0

package import Base

/// The fields of a call, in order: numbers big-endian, byte strings after four bytes of length.
package struct Fields {
    private var reader: ByteReader

    package init(_ bytes: [UInt8]) {
        reader = ByteReader(bytes)
    }

    package mutating func byte() throws(CoreRefusal) -> UInt8 {
        guard let value = reader.readUInt8() else { throw .malformedCall }
        return value
    }

    package mutating func word16() throws(CoreRefusal) -> UInt16 {
        guard let value = reader.readUInt16() else { throw .malformedCall }
        return value
    }

    package mutating func word32() throws(CoreRefusal) -> UInt32 {
        guard let value = reader.readUInt32() else { throw .malformedCall }
        return value
    }

    package mutating func word64() throws(CoreRefusal) -> UInt64 {
        guard let value = reader.readUInt64() else { throw .malformedCall }
        return value
    }

    package mutating func bytes() throws(CoreRefusal) -> [UInt8] {
        // `Int` has 32 bits here: a length above its range is malformed, not a trap.
        guard let length = reader.readUInt32(), let count = Int(exactly: length), let bytes = reader.read(count: count)
        else { throw .malformedCall }
        return Array(bytes)
    }

    package mutating func secret() throws(CoreRefusal) -> Secret {
        Secret(try bytes())
    }

    /// What sealing and opening take besides the algorithm, up to the end of the call.
    package struct Sealing {
        package let key: Secret
        package let nonce: [UInt8]
        package let additional: [UInt8]
        package let data: [UInt8]
    }

    package mutating func sealing() throws(CoreRefusal) -> Sealing {
        let key = try secret()
        let nonce = try bytes()
        let additional = try bytes()
        let data = try bytes()
        try end()
        return Sealing(key: key, nonce: nonce, additional: additional, data: data)
    }

    package func end() throws(CoreRefusal) {
        guard reader.isAtEnd else { throw .malformedCall }
    }
}

extension ByteWriter {
    /// A byte string as ``Fields`` has it.
    package mutating func writeField(_ bytes: [UInt8]) {
        write(UInt32(truncatingIfNeeded: bytes.count))
        write(bytes)
    }

    package mutating func writeField(_ secret: Secret) {
        write(UInt32(truncatingIfNeeded: secret.count))
        secret.withBytes { write($0) }
    }
}
