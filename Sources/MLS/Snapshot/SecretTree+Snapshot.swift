// SPDX-License-Identifier: Apache-2.0

import Base

extension SecretTree {
    func write(into writer: inout ByteWriter) {
        writer.write(width.value)
        writer.writeVector { writer in
            for (node, secret) in nodes {
                writer.write(node.value)
                writer.writeOpaque(secret)
            }
        }
        for ratchets in [handshake, application] {
            writer.writeVector { writer in
                for (leaf, ratchet) in ratchets {
                    writer.write(leaf.value)
                    ratchet.write(into: &writer)
                }
            }
        }
    }

    static func read(
        _ suite: CryptoSuite<Crypto>,
        limits: RatchetLimits,
        _ reader: inout ByteReader
    ) throws(WireRefusal) -> SecretTree {
        let value = try UInt32(reading: &reader)
        guard let width = LeafCount(atLeast: value), width.value == value else { throw .invalidStructure }
        var tree = SecretTree(suite, width: width, encryptionSecret: Secret([]), limits: limits)
        tree.nodes = SortedMap()
        var content = try reader.readVectorContent()
        while !content.isAtEnd {
            let node = NodeIndex(try UInt32(reading: &content))
            tree.nodes[node] = try SnapshotFormat.readSecret(&content)
        }
        content = try reader.readVectorContent()
        while !content.isAtEnd {
            let leaf = LeafIndex(try UInt32(reading: &content))
            tree.handshake[leaf] = try HashRatchet(reading: &content)
        }
        content = try reader.readVectorContent()
        while !content.isAtEnd {
            let leaf = LeafIndex(try UInt32(reading: &content))
            tree.application[leaf] = try HashRatchet(reading: &content)
        }
        return tree
    }
}

extension HashRatchet {
    func write(into writer: inout ByteWriter) {
        writer.write(generation)
        writer.writeOpaque(secret ?? Secret([]))
        writer.writeVector { writer in
            for entry in skipped {
                writer.write(entry.generation)
                writer.writeOpaque(entry.key.key)
                writer.writeOpaque(entry.key.nonce)
            }
        }
    }

    init(reading reader: inout ByteReader) throws(WireRefusal) {
        let generation = try UInt32(reading: &reader)
        let secret = try SnapshotFormat.readSecret(&reader)
        var skipped: [(generation: UInt32, key: RatchetKey)] = []
        var content = try reader.readVectorContent()
        while !content.isAtEnd {
            let generation = try UInt32(reading: &content)
            let key = try SnapshotFormat.readSecret(&content)
            let nonce = try SnapshotFormat.readSecret(&content)
            skipped.append((generation, RatchetKey(key: key, nonce: nonce)))
        }
        self.init(secret: secret.count == 0 ? nil : secret, generation: generation, skipped: skipped)
    }
}
