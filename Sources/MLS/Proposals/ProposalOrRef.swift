// SPDX-License-Identifier: Apache-2.0

public import Base

/// A proposal in a commit: there itself, or by the hash of the message that brought it (RFC 9420 §12.4).
public enum ProposalOrRef: Hashable, Sendable, WireCodable {
    case proposal(Proposal)
    case reference([UInt8])

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        switch try UInt8(reading: &reader) {
        case 1: self = .proposal(try Proposal(reading: &reader))
        case 2: self = .reference(try reader.readOpaque())
        default: throw .unknownValue
        }
    }

    public func write(into writer: inout ByteWriter) {
        switch self {
        case .proposal(let proposal):
            writer.write(UInt8(1))
            proposal.write(into: &writer)
        case .reference(let reference):
            writer.write(UInt8(2))
            writer.writeOpaque(reference)
        }
    }
}
