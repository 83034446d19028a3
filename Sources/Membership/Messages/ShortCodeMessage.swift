// SPDX-License-Identifier: Apache-2.0

import Base

/// Commit and reveal: each binds itself to a number before anybody's is known, so that nobody can grind for words that
/// come out alike in two groups.
enum ShortCodeMessage: Hashable, Sendable, WireCodable {
    /// Lists who takes part: everybody in the sender's epoch.
    case start(id: [UInt8], participants: [ParticipantID])
    /// SHA-256 of what is revealed later.
    case commit(id: [UInt8], commitment: [UInt8])
    case reveal(id: [UInt8], nonce: [UInt8])

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        switch try UInt8(reading: &reader) {
        case 1: self = .start(id: try reader.readOpaque(), participants: try reader.readParticipants())
        case 2: self = .commit(id: try reader.readOpaque(), commitment: try reader.readOpaque())
        case 3: self = .reveal(id: try reader.readOpaque(), nonce: try reader.readOpaque())
        default: throw .unknownValue
        }
    }

    func write(into writer: inout ByteWriter) {
        switch self {
        case .start(let id, let participants):
            writer.write(UInt8(1))
            writer.writeOpaque(id)
            writer.writeParticipants(participants)
        case .commit(let id, let commitment):
            writer.write(UInt8(2))
            writer.writeOpaque(id)
            writer.writeOpaque(commitment)
        case .reveal(let id, let nonce):
            writer.write(UInt8(3))
            writer.writeOpaque(id)
            writer.writeOpaque(nonce)
        }
    }
}
