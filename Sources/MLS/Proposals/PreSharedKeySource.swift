// SPDX-License-Identifier: Apache-2.0

public import Base

/// Where a pre-shared key comes from (RFC 9420 §8.4).
public enum PreSharedKeySource: Hashable, Sendable, WireCodable {
    /// From the application, under its own name for it.
    case external(identifier: [UInt8])
    /// From an epoch of this or another group.
    case resumption(ResumptionUsage, groupID: [UInt8], epoch: UInt64)

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        switch try UInt8(reading: &reader) {
        case 1:
            self = .external(identifier: try reader.readOpaque())
        case 2:
            let usage = try UInt8(reading: &reader)
            guard let usage = ResumptionUsage(rawValue: usage) else { throw .unknownValue }
            let groupID = try reader.readOpaque()
            self = .resumption(usage, groupID: groupID, epoch: try UInt64(reading: &reader))
        default:
            throw .unknownValue
        }
    }

    public func write(into writer: inout ByteWriter) {
        switch self {
        case .external(let identifier):
            writer.write(UInt8(1))
            writer.writeOpaque(identifier)
        case .resumption(let usage, let groupID, let epoch):
            writer.write(UInt8(2))
            writer.write(usage.rawValue)
            writer.writeOpaque(groupID)
            writer.write(epoch)
        }
    }
}
