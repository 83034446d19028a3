// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import MLS
import PortableCrypto

/// MLS from a member's side.
///
/// The rules are open ones: the page looks at what a staged commit does before it adopts it, until a meeting's policy
/// is judged here.
enum GroupOperations {
    static let rules = OpenRules()

    static func perform(_ operation: GroupOperation, _ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        var writer = ByteWriter()
        switch operation {
        case .keyPackageCreate: try createKeyPackage(&fields, &writer)
        case .keyPackageRead: try readKeyPackage(&fields, &writer)
        case .create: try create(&fields, &writer)
        case .join: try join(&fields, &writer)
        case .joinExternally: try joinExternally(&fields, &writer)
        case .commit: try commit(&fields, &writer)
        case .propose: try propose(&fields, &writer)
        case .proposeFromOutside: try proposeFromOutside(&fields, &writer)
        case .receive: try receive(&fields, &writer)
        case .adopt: try adopt(&fields)
        case .discard: try discard(&fields)
        case .state: try state(&fields, &writer)
        case .members: try members(&fields, &writer)
        case .export: try export(&fields, &writer)
        case .encrypt: try encrypt(&fields, &writer)
        case .info: try info(&fields, &writer)
        case .tree: try tree(&fields, &writer)
        case .succeed: try succeed(&fields, &writer)
        case .snapshot: try snapshot(&fields, &writer)
        case .restore: try restore(&fields, &writer)
        case .release:
            _ = try fields.takeHeld()
            try fields.end()
        }
        return writer.bytes
    }

    // MARK: what happens in a group

    private static func receive(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let member = try fields.member()
        let bytes = try fields.bytes()
        let keys = try fields.preSharedKeys().keys
        try fields.end()
        let received = try mls { () throws(MLSRefusal) in
            try member.group.receive(bytes, rules: rules, preSharedKeys: keys)
        }
        switch received {
        case .application(let message):
            writer.write(UInt8(1))
            writer.write(message.epoch)
            writer.writeLeaf(message.sender, message.senderNode)
            writer.writeField(message.authenticatedData)
            writer.writeField(message.data)
        case .proposal(let reference, let proposal, let sender):
            writer.write(UInt8(2))
            writer.writeField(reference)
            writer.writeProposal(proposal, sender)
        case .commit(let staged):
            member.staged = staged
            writer.write(UInt8(3))
            writer.write(staged.removesUs ? UInt8(1) : 0)
            writer.writeChange(staged.change)
        }
    }

    private static func adopt(_ fields: inout Fields) throws(CoreRefusal) {
        let member = try fields.member()
        try fields.end()
        try mls { () throws(MLSRefusal) in
            guard let staged = member.staged else { throw .nothingStaged }
            member.staged = nil
            try member.group.adopt(staged)
        }
    }

    /// Bits: 1 what is staged, 2 pending proposals, 4 past epochs.
    private static func discard(_ fields: inout Fields) throws(CoreRefusal) {
        let member = try fields.member()
        let what = try fields.byte()
        try fields.end()
        if what & 1 != 0 { member.staged = nil }
        if what & 2 != 0 { member.group.discardProposals() }
        if what & 4 != 0 { member.group.forgetPastEpochs() }
    }

    private static func encrypt(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let member = try fields.member()
        let data = try fields.bytes()
        let authenticated = try fields.bytes()
        let padding = Int(try fields.word16())
        try fields.end()
        var randomness = SystemRandomness()
        try mls { () throws(MLSRefusal) in
            try member.group.encrypt(
                data,
                authenticatedData: authenticated,
                paddingBlock: padding,
                using: &randomness
            )
        }.write(into: &writer)
    }

    // MARK: what a group says

    private static func state(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let member = try fields.member()
        try fields.end()
        let group = member.group
        writer.write(group.epoch)
        writer.write(group.leaf.value)
        writer.write(group.tree.width.value)
        writer.write(group.context.cipherSuite.rawValue)
        switch group.status {
        case .active: writer.write(UInt8(0))
        case .reinitialized: writer.write(UInt8(1))
        case .removed: writer.write(UInt8(2))
        }
        writer.write(member.staged == nil ? UInt8(0) : 1)
        writer.write(UInt32(truncatingIfNeeded: group.shared.proposals.count))
        writer.writeField(group.groupID)
        writer.writeField(group.epochAuthenticator)
        writer.writeField(group.context.extensions.encoded)
        writer.writeField(group.context.treeHash)
        writer.writeField(group.context.confirmedTranscriptHash)
    }

    private static func members(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let member = try fields.member()
        try fields.end()
        for (leaf, node) in member.group.tree.members { writer.writeLeaf(leaf, node) }
    }

    private static func export(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let member = try fields.member()
        let label = Label(String(decoding: try fields.bytes(), as: UTF8.self))
        let context = try fields.bytes()
        let length = Int(try fields.word16())
        try fields.end()
        try mls { () throws(MLSRefusal) in
            try member.group.export(label: label, context: context, length: length)
        }.withBytes { writer.write($0) }
    }

    /// Bits: 1 with the ratchet tree, 2 with `external_pub`.
    private static func info(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let member = try fields.member()
        let what = try fields.byte()
        let extensions = try fields.decoded(Extensions.self)
        try fields.end()
        let info = try mls { () throws(MLSRefusal) in
            try member.group.groupInfo(
                withTree: what & 1 != 0,
                withExternalPub: what & 2 != 0,
                extensions: extensions
            )
        }
        MLSMessage.groupInfo(info).write(into: &writer)
    }

    private static func tree(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let member = try fields.member()
        try fields.end()
        member.group.tree.write(into: &writer)
    }

    // MARK: keeping

    /// Of what is held, or with 1 of the staged epoch in it: no bytes if there is none, or none for us.
    private static func snapshot(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let value = try fields.anyHeld()
        let ofStaged = try fields.byte() != 0
        try fields.end()
        let secret: Secret?
        switch value {
        case .keyPackage(let bundle): secret = bundle.snapshot()
        case .group(let member): secret = ofStaged ? member.staged?.next?.snapshot() : member.group.snapshot()
        }
        secret?.withBytes { writer.write($0) }
    }

    /// 0 for a key package, 1 for a group, then the snapshot.
    private static func restore(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let isGroup = try fields.byte() != 0
        let snapshot = try fields.secret()
        try fields.end()
        let value = try mls { () throws(MLSRefusal) -> Held in
            if isGroup { return .group(Member(try Group(restoring: snapshot))) }
            return .keyPackage(try KeyPackageBundle(restoring: snapshot, with: PortableCrypto.self))
        }
        try writer.writeHandle(value)
        if case .keyPackage(let bundle) = value { try writeKeyPackage(bundle, &writer) }
    }
}
