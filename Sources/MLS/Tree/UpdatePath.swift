// SPDX-License-Identifier: Apache-2.0

public import Base

/// A committer's new leaf, and new keys on its filtered direct path (RFC 9420 §7.6).
public struct UpdatePath: Hashable, Sendable, WireCodable {
    public var leafNode: LeafNode
    public var nodes: [UpdatePathNode]

    public init(leafNode: LeafNode, nodes: [UpdatePathNode]) {
        self.leafNode = leafNode
        self.nodes = nodes
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        leafNode = try LeafNode(reading: &reader)
        nodes = try reader.readVector(of: UpdatePathNode.self)
    }

    public func write(into writer: inout ByteWriter) {
        leafNode.write(into: &writer)
        writer.writeVector(nodes)
    }
}
