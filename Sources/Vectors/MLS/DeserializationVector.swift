// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct DeserializationVector: MLSVector {
    var vlbytes_header: HexBytes
    var length: Int

    init(_ entry: VectorEntry) throws(VectorFailure) {
        vlbytes_header = try entry.hex("vlbytes_header")
        length = try entry.number("length")
    }

    var suiteNumber: UInt16? { nil }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        var reader = ByteReader(vlbytes_header.bytes)
        do throws(WireRefusal) {
            check.expect(try reader.readVectorLength(), length, "length")
        } catch {
            throw .malformed(error)
        }
        check.expect(reader.isAtEnd, "bytes left")
        var writer = ByteWriter()
        writer.writeVectorLength(length)
        check.expect(writer.bytes, vlbytes_header.bytes, "written again")
    }
}
