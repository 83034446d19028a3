// SPDX-License-Identifier: Apache-2.0

public import Base

/// A change to the group that somebody wishes for (RFC 9420 §12.1).
public enum Proposal: Hashable, Sendable, WireCodable {
    indirect case add(KeyPackage)
    indirect case update(LeafNode)
    case remove(LeafIndex)
    indirect case preSharedKey(PreSharedKeyID)
    indirect case reInit(ReInit)
    case externalInit(kemOutput: [UInt8])
    case groupContextExtensions(Extensions)
    /// The sender goes (draft-ietf-mls-extensions).
    case selfRemove

    public var type: ProposalType {
        switch self {
        case .add: .add
        case .update: .update
        case .remove: .remove
        case .preSharedKey: .preSharedKey
        case .reInit: .reInit
        case .externalInit: .externalInit
        case .groupContextExtensions: .groupContextExtensions
        case .selfRemove: .selfRemove
        }
    }

    /// A proposal of another type has no known length, so the message around it can't be read.
    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        switch try ProposalType(reading: &reader) {
        case .add: self = .add(try KeyPackage(reading: &reader))
        case .update: self = .update(try LeafNode(reading: &reader))
        case .remove: self = .remove(LeafIndex(try UInt32(reading: &reader)))
        case .preSharedKey: self = .preSharedKey(try PreSharedKeyID(reading: &reader))
        case .reInit: self = .reInit(try ReInit(reading: &reader))
        case .externalInit: self = .externalInit(kemOutput: try reader.readOpaque())
        case .groupContextExtensions: self = .groupContextExtensions(try Extensions(reading: &reader))
        case .selfRemove: self = .selfRemove
        default: throw .unknownValue
        }
    }

    public func write(into writer: inout ByteWriter) {
        type.write(into: &writer)
        switch self {
        case .add(let keyPackage): keyPackage.write(into: &writer)
        case .update(let leafNode): leafNode.write(into: &writer)
        case .remove(let leaf): writer.write(leaf.value)
        case .preSharedKey(let identifier): identifier.write(into: &writer)
        case .reInit(let reInit): reInit.write(into: &writer)
        case .externalInit(let kemOutput): writer.writeOpaque(kemOutput)
        case .groupContextExtensions(let extensions): extensions.write(into: &writer)
        case .selfRemove: break
        }
    }
}
