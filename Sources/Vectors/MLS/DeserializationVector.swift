// SPDX-License-Identifier: Apache-2.0

import Base

struct DeserializationVector: MLSVector {
    var vlbytes_header: HexBytes
    var length: Int

    var suiteNumber: UInt16? { nil }

    func verify() throws {
        var reader = ByteReader(vlbytes_header.bytes)
        try VectorFailure.expect(try reader.readVectorLength(), length, "length")
        try VectorFailure.expect(reader.isAtEnd, "bytes left")
        var writer = ByteWriter()
        writer.writeVectorLength(length)
        try VectorFailure.expect(writer.bytes, vlbytes_header.bytes, "written again")
    }
}
