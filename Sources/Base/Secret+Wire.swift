// SPDX-License-Identifier: Apache-2.0

extension Secret {
    /// Takes the bytes and overwrites where they came from.
    public convenience init(erasing bytes: inout [UInt8]) {
        self.init(bytes)
        for index in bytes.indices { bytes[index] = 0 }
        bytes = []
    }

    /// `length` zero bytes, where a protocol says "0".
    public static func zeros(_ length: Int) -> Secret { Secret(repeatElement(0, count: length)) }

    /// Fresh from `randomness`.
    public static func random(_ length: Int, using randomness: inout some Randomness) -> Secret {
        var bytes = randomness.bytes(length)
        return Secret(erasing: &bytes)
    }
}

extension ByteWriter {
    /// `opaque value<V>` holding a secret: only for plaintexts that are encrypted next, and for snapshots.
    public mutating func writeOpaque(_ secret: Secret) {
        writeVectorLength(secret.count)
        secret.withBytes { bytes in write(bytes) }
    }
}
