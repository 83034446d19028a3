// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@Suite("Bytes")
struct ByteReaderTests {
    @Test("what a writer wrote a reader reads back")
    func roundTrip() {
        var writer = ByteWriter()
        writer.write(UInt8(1))
        writer.write(UInt16(0x0203))
        writer.writeUInt24(0x040506)
        writer.write(UInt32(0x0708_090A))
        writer.write(UInt64(0x0B0C_0D0E_0F10_1112))
        var reader = ByteReader(writer.bytes)
        #expect(reader.readUInt8() == 1)
        #expect(reader.readUInt16() == 0x0203)
        #expect(reader.readUInt24() == 0x040506)
        #expect(reader.readUInt32() == 0x0708_090A)
        #expect(reader.readUInt64() == 0x0B0C_0D0E_0F10_1112)
        #expect(reader.isAtEnd)
    }

    @Test("a read past the end is nil and consumes nothing")
    func shortRead() {
        var reader = ByteReader([1, 2, 3])
        #expect(reader.readUInt32() == nil)
        #expect(reader.read(count: 4) == nil)
        #expect(reader.read(count: -1) == nil)
        #expect(reader.remaining == 3)
        #expect(reader.readUInt24() == 0x010203)
        #expect(reader.readUInt8() == nil)
    }
}
