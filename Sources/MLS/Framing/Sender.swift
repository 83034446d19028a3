// SPDX-License-Identifier: Apache-2.0

public import Base

/// Who sent a message (RFC 9420 §6).
public enum Sender: Hashable, Sendable, WireCodable {
    case member(LeafIndex)
    /// Place in the `external_senders` extension.
    case external(UInt32)
    case newMemberProposal
    case newMemberCommit

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        switch try UInt8(reading: &reader) {
        case 1: self = .member(LeafIndex(try UInt32(reading: &reader)))
        case 2: self = .external(try UInt32(reading: &reader))
        case 3: self = .newMemberProposal
        case 4: self = .newMemberCommit
        default: throw .unknownValue
        }
    }

    public func write(into writer: inout ByteWriter) {
        switch self {
        case .member(let leaf):
            writer.write(UInt8(1))
            writer.write(leaf.value)
        case .external(let index):
            writer.write(UInt8(2))
            writer.write(index)
        case .newMemberProposal:
            writer.write(UInt8(3))
        case .newMemberCommit:
            writer.write(UInt8(4))
        }
    }

    /// The leaf, if a member sent it.
    public var leaf: LeafIndex? {
        if case .member(let leaf) = self { return leaf }
        return nil
    }
}
