// SPDX-License-Identifier: Apache-2.0

public import Base

/// How a leaf came into the tree, with what goes with each way (RFC 9420 §7.2).
public enum LeafNodeSource: Hashable, Sendable, WireCodable {
    case keyPackage(Lifetime)
    case update
    case commit(parentHash: [UInt8])

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        switch try UInt8(reading: &reader) {
        case 1: self = .keyPackage(try Lifetime(reading: &reader))
        case 2: self = .update
        case 3: self = .commit(parentHash: try reader.readOpaque())
        default: throw .unknownValue
        }
    }

    public func write(into writer: inout ByteWriter) {
        switch self {
        case .keyPackage(let lifetime):
            writer.write(UInt8(1))
            lifetime.write(into: &writer)
        case .update:
            writer.write(UInt8(2))
        case .commit(let parentHash):
            writer.write(UInt8(3))
            writer.writeOpaque(parentHash)
        }
    }
}
