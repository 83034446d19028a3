// SPDX-License-Identifier: Apache-2.0

public import Base

/// The key of a subgroup (RFC 9420 §7.1).
public struct ParentNode: Hashable, Sendable, WireCodable {
    public var encryptionKey: [UInt8]
    public var parentHash: [UInt8]
    /// Leaves below that don't hold the private key yet, in increasing order.
    public var unmergedLeaves: [LeafIndex]

    public init(encryptionKey: [UInt8], parentHash: [UInt8], unmergedLeaves: [LeafIndex] = []) {
        self.encryptionKey = encryptionKey
        self.parentHash = parentHash
        self.unmergedLeaves = unmergedLeaves
    }

    /// RFC 9420 §7.1: unmerged leaves MUST be sorted; an entry twice isn't.
    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        encryptionKey = try reader.readOpaque()
        parentHash = try reader.readOpaque()
        var content = try reader.readVectorContent()
        unmergedLeaves = []
        while !content.isAtEnd {
            let leaf = LeafIndex(try UInt32(reading: &content))
            if let last = unmergedLeaves.last, leaf <= last { throw .invalidStructure }
            unmergedLeaves.append(leaf)
        }
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeOpaque(encryptionKey)
        writer.writeOpaque(parentHash)
        writer.writeVector { writer in
            for leaf in unmergedLeaves { writer.write(leaf.value) }
        }
    }

    mutating func insertUnmerged(_ leaf: LeafIndex) {
        let place = unmergedLeaves.firstIndex { $0 >= leaf } ?? unmergedLeaves.endIndex
        if place < unmergedLeaves.endIndex, unmergedLeaves[place] == leaf { return }
        unmergedLeaves.insert(leaf, at: place)
    }
}
