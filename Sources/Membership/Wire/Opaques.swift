// SPDX-License-Identifier: Apache-2.0

package import Base

extension ByteReader {
    /// `opaque values<V><V>`.
    package mutating func readOpaques() throws(WireRefusal) -> [[UInt8]] {
        var content = try readVectorContent()
        var values: [[UInt8]] = []
        while !content.isAtEnd { values.append(try content.readOpaque()) }
        return values
    }

    package mutating func readFlag() throws(WireRefusal) -> Bool {
        switch try UInt8(reading: &self) {
        case 0: return false
        case 1: return true
        default: throw .unknownValue
        }
    }

    package mutating func readParticipant() throws(WireRefusal) -> ParticipantID {
        ParticipantID(rawValue: try UInt64(reading: &self))
    }

    package mutating func readParticipants() throws(WireRefusal) -> [ParticipantID] {
        var content = try readVectorContent()
        var values: [ParticipantID] = []
        while !content.isAtEnd { values.append(try content.readParticipant()) }
        return values
    }
}

extension ByteWriter {
    package mutating func writeOpaques(_ values: [[UInt8]]) {
        writeVector { writer in
            for value in values { writer.writeOpaque(value) }
        }
    }

    package mutating func writeFlag(_ value: Bool) { write(value ? UInt8(1) : 0) }

    package mutating func write(_ participant: ParticipantID) { write(participant.rawValue) }

    package mutating func writeParticipants(_ values: [ParticipantID]) {
        writeVector { writer in
            for value in values { writer.write(value) }
        }
    }
}
