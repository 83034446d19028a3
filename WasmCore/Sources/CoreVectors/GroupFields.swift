// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import MLS
import PortableCrypto

nonisolated(unsafe) private var held = Handles<Held>(limit: 64)

/// The fields of calls about groups. What RFC 9420 has a structure for travels as that structure.
extension Fields {
    /// A byte string that holds one structure.
    mutating func decoded<Value: WireDecodable>(_: Value.Type) throws(CoreRefusal) -> Value {
        let bytes = try bytes()
        return try mls { () throws(MLSRefusal) in
            do throws(WireRefusal) { return try Value(decoding: bytes) } catch { throw .malformed(error) }
        }
    }

    mutating func member() throws(CoreRefusal) -> Member {
        guard case .group(let member) = try held.value(try word32()) else { throw .unknownHandle }
        return member
    }

    mutating func keyPackage() throws(CoreRefusal) -> KeyPackageBundle {
        guard let keyPackage = try optionalKeyPackage() else { throw .unknownHandle }
        return keyPackage
    }

    /// Handle 0 stands for none.
    mutating func optionalKeyPackage() throws(CoreRefusal) -> KeyPackageBundle? {
        let handle = try word32()
        if handle == 0 { return nil }
        guard case .keyPackage(let bundle) = try held.value(handle) else { throw .unknownHandle }
        return bundle
    }

    mutating func takeHeld() throws(CoreRefusal) -> Held { try held.remove(try word32()) }

    mutating func anyHeld() throws(CoreRefusal) -> Held { try held.value(try word32()) }

    /// No bytes stand for none.
    mutating func optionalBytes() throws(CoreRefusal) -> [UInt8]? {
        let bytes = try bytes()
        return bytes.isEmpty ? nil : bytes
    }

    mutating func list() throws(CoreRefusal) -> [[UInt8]] {
        var list: [[UInt8]] = []
        for _ in 0..<(try word16()) { list.append(try bytes()) }
        return list
    }

    /// A count, then where each comes from (RFC 9420 §8.4) and the key itself.
    mutating func preSharedKeys() throws(CoreRefusal) -> (sources: [PreSharedKeySource], keys: PreSharedKeys) {
        var sources: [PreSharedKeySource] = []
        var keys = PreSharedKeys()
        for _ in 0..<(try word16()) {
            let source = try decoded(PreSharedKeySource.self)
            let key = try secret()
            switch source {
            case .external(let identifier): keys.set(external: identifier, key)
            case .resumption(_, let groupID, let epoch): keys.set(resumptionOf: groupID, epoch: epoch, key)
            }
            sources.append(source)
        }
        return (sources, keys)
    }

    /// In the open, or encrypted and padded to a multiple of a number.
    mutating func format() throws(CoreRefusal) -> HandshakeFormat {
        let isPrivate = try byte() != 0
        let padding = Int(try word16())
        return isPrivate ? .privateMessage(paddingBlock: padding) : .publicMessage
    }
}

extension ByteWriter {
    /// Keeps a value, and writes the handle to it.
    mutating func writeHandle(_ value: Held) throws(CoreRefusal) {
        write(try held.add(value))
    }

    mutating func writeLeaf(_ leaf: LeafIndex, _ node: LeafNode) {
        write(leaf.value)
        writeField(node.signatureKey)
        writeField(node.credential.encoded)
        writeField(node.extensions.encoded)
    }

    private mutating func writeLeaves(_ members: [GroupChange.Member]) {
        write(UInt32(truncatingIfNeeded: members.count))
        for member in members { writeLeaf(member.leaf, member.node) }
    }

    /// Who proposes, what, and the leaf in it if there is one.
    mutating func writeProposal(_ proposal: Proposal, _ sender: Sender) {
        sender.write(into: &self)
        writeField(proposal.encoded)
        let node: LeafNode?
        switch proposal {
        case .add(let keyPackage): node = keyPackage.leafNode
        case .update(let leafNode): node = leafNode
        default: node = nil
        }
        write(node == nil ? UInt8(0) : 1)
        if let node { writeLeaf(sender.leaf ?? LeafIndex(.max), node) }
    }

    /// Who comes, who goes, what changes.
    mutating func writeChange(_ change: GroupChange) {
        change.committer.write(into: &self)
        writeField(change.authenticatedData)
        writeField(change.extensions.encoded)
        writeLeaves(change.added)
        writeLeaves(change.removed)
        writeLeaves(change.updated)
        var path: [GroupChange.Member] = []
        if let member = change.path { path = [member] }
        writeLeaves(path)
        for item in change.items {
            write(item.isByReference ? UInt8(1) : 0)
            writeProposal(item.proposal, item.sender)
        }
    }
}

func mls<Result>(_ body: () throws(MLSRefusal) -> Result) throws(CoreRefusal) -> Result {
    do throws(MLSRefusal) { return try body() } catch { throw .named(error.name) }
}
