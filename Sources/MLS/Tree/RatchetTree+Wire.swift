// SPDX-License-Identifier: Apache-2.0

public import Base

// The `ratchet_tree` extension (RFC 9420 §12.4.3.3).
extension RatchetTree: WireEncodable {
    /// All of `bytes`, refused if it isn't a tree as a sender has to write it.
    public init(decoding bytes: [UInt8]) throws(MLSRefusal) {
        var leaves: [LeafNode?] = []
        var parents: [ParentNode?] = []
        var isLeaf = true
        var lastIsBlank = true
        do throws(WireRefusal) {
            var outer = ByteReader(bytes)
            var reader = try outer.readVectorContent()
            guard outer.isAtEnd else { throw WireRefusal.trailingBytes }
            while !reader.isAtEnd {
                guard leaves.count <= LeafCount.maximum else { throw WireRefusal.tooLarge }
                switch try UInt8(reading: &reader) {
                case 0:
                    lastIsBlank = true
                    if isLeaf { leaves.append(nil) } else { parents.append(nil) }
                case 1:
                    lastIsBlank = false
                    let kind = try UInt8(reading: &reader)
                    switch kind {
                    case 1 where isLeaf: leaves.append(try LeafNode(reading: &reader))
                    case 2 where !isLeaf: parents.append(try ParentNode(reading: &reader))
                    // RFC 9420 §12.4.3.3: leaves are the even entries.
                    case 1, 2: throw WireRefusal.invalidStructure
                    default: throw WireRefusal.unknownValue
                    }
                default:
                    throw WireRefusal.invalidPresence
                }
                isLeaf.toggle()
            }
        } catch {
            throw error == .invalidStructure ? MLSRefusal.nodeOfWrongKind : .malformed(error)
        }
        guard !leaves.isEmpty else { throw .emptyTree }
        // RFC 9420 §12.4.3.3: the receiver MUST check that the last node isn't blank.
        guard !lastIsBlank else { throw .lastNodeBlank }
        // An even number of entries ends with a parent whose right half is blank.
        let needed = (leaves.count + parents.count) / 2 + 1
        guard let width = LeafCount(atLeast: UInt32(truncatingIfNeeded: needed)) else { throw .treeFull }
        let full = Int(truncatingIfNeeded: width.value)
        leaves.append(contentsOf: repeatElement(nil, count: full - leaves.count))
        parents.append(contentsOf: repeatElement(nil, count: full - 1 - parents.count))
        self.init(width: width, leaves: leaves, parents: parents)
    }

    public func write(into writer: inout ByteWriter) {
        var last = width.nodeCount
        while last > 0, encryptionKey(NodeIndex(last - 1)) == nil { last -= 1 }
        writer.writeVector { writer in
            for index in 0..<last {
                let node = NodeIndex(index)
                if let leafIndex = node.leaf {
                    guard let leaf = leaf(leafIndex) else {
                        writer.write(UInt8(0))
                        continue
                    }
                    writer.write(UInt8(1))
                    writer.write(UInt8(1))
                    leaf.write(into: &writer)
                } else {
                    guard let parent = parent(node) else {
                        writer.write(UInt8(0))
                        continue
                    }
                    writer.write(UInt8(1))
                    writer.write(UInt8(2))
                    parent.write(into: &writer)
                }
            }
        }
    }
}
