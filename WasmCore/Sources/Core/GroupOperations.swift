// SPDX-License-Identifier: Apache-2.0

#if GROUPS
import Base
import MLS
import PortableCrypto

/// A group that we are in, and the epoch that waits to be adopted.
final class Member {
    var group: Group<PortableCrypto>
    var staged: Staged<PortableCrypto>?

    init(_ group: Group<PortableCrypto>) {
        self.group = group
    }
}

nonisolated(unsafe) private var groups = Handles<Member>(limit: 16)

/// MLS from a member's side: joining by a Welcome, following, exporting, snapshots.
///
/// The rules are open ones for now: a page that lets people in by policy needs a policy first.
enum GroupOperations {
    /// What a message was.
    private enum Kind: UInt8 {
        case application = 1
        case proposal = 2
        /// Waits for ``adopt(_:)``.
        case commit = 3
    }

    static func perform(_ operation: GroupOperation, _ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        switch operation {
        case .join: try join(&fields)
        case .receive: try receive(&fields)
        case .adopt: try adopt(&fields)
        case .epoch: try epoch(&fields)
        case .export: try export(&fields)
        case .encrypt: try encrypt(&fields)
        case .snapshot: try snapshot(&fields)
        case .restore: try restore(&fields)
        case .remove: try remove(&fields)
        }
    }

    private static func join(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let keyPackageMessage = try fields.bytes()
        let initKey = try fields.secret()
        let encryptionKey = try fields.secret()
        let signatureKey = try fields.secret()
        let welcomeMessage = try fields.bytes()
        let hasTree = try fields.byte() != 0
        let tree = try fields.bytes()
        let keys = try preSharedKeys(&fields)
        try fields.end()
        let group = try mls { () throws(MLSRefusal) in
            guard case .keyPackage(let keyPackage) = try message(keyPackageMessage),
                case .welcome(let welcome) = try message(welcomeMessage)
            else { throw .wrongContentForSender }
            let suite = try CryptoSuite<PortableCrypto>(welcome.cipherSuite)
            let bundle = try KeyPackageBundle(
                suite,
                keyPackage: keyPackage,
                initPrivateKey: initKey,
                encryptionPrivateKey: encryptionKey,
                signaturePrivateKey: signatureKey
            )
            return try Group<PortableCrypto>(
                welcome,
                bundle,
                tree: hasTree ? tree : nil,
                rules: OpenRules(),
                preSharedKeys: keys,
                limits: GroupLimits(resumptionKeys: 1_024)
            )
        }
        return handle(try groups.add(Member(group)))
    }

    private static func receive(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let member = try member(&fields)
        let bytes = try fields.bytes()
        let keys = try preSharedKeys(&fields)
        try fields.end()
        let received = try mls { () throws(MLSRefusal) in
            try member.group.receive(bytes, rules: OpenRules(), preSharedKeys: keys)
        }
        var writer = ByteWriter()
        switch received {
        case .application(let message):
            writer.write(Kind.application.rawValue)
            writer.write(message.sender.value)
            writer.write(message.epoch)
            writer.writeField(message.authenticatedData)
            writer.writeField(message.data)
        case .proposal(let reference, _, _):
            writer.write(Kind.proposal.rawValue)
            writer.writeField(reference)
        case .commit(let staged):
            member.staged = staged
            writer.write(Kind.commit.rawValue)
            writer.write(staged.removesUs ? UInt8(1) : 0)
        }
        return writer.bytes
    }

    private static func adopt(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let member = try member(&fields)
        try fields.end()
        guard let staged = member.staged else { throw .unknownHandle }
        member.staged = nil
        try mls { () throws(MLSRefusal) in try member.group.adopt(staged) }
        return []
    }

    private static func epoch(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let member = try member(&fields)
        try fields.end()
        var writer = ByteWriter()
        writer.write(member.group.epoch)
        writer.write(member.group.leaf.value)
        writer.write(member.group.tree.width.value)
        writer.writeField(member.group.groupID)
        writer.writeField(member.group.epochAuthenticator)
        return writer.bytes
    }

    private static func export(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let member = try member(&fields)
        let label = String(decoding: try fields.bytes(), as: UTF8.self)
        let context = try fields.bytes()
        let length = Int(try fields.word16())
        try fields.end()
        return try mls { () throws(MLSRefusal) in
            try member.group.export(label: label, context: context, length: length)
        }.withBytes { Array($0) }
    }

    private static func encrypt(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let member = try member(&fields)
        let data = try fields.bytes()
        let authenticated = try fields.bytes()
        let padding = Int(try fields.word16())
        try fields.end()
        var randomness = SystemRandomness()
        return try mls { () throws(MLSRefusal) in
            try member.group.encrypt(
                data,
                authenticatedData: authenticated,
                paddingBlock: padding,
                using: &randomness
            )
        }.encoded
    }

    private static func snapshot(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let member = try member(&fields)
        try fields.end()
        return member.group.snapshot().withBytes { Array($0) }
    }

    private static func restore(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let snapshot = try fields.secret()
        try fields.end()
        let group = try mls { () throws(MLSRefusal) in try Group<PortableCrypto>(restoring: snapshot) }
        return handle(try groups.add(Member(group)))
    }

    private static func remove(_ fields: inout Fields) throws(CoreRefusal) -> [UInt8] {
        let number = try fields.word32()
        try fields.end()
        _ = try groups.remove(number)
        return []
    }

    private static func member(_ fields: inout Fields) throws(CoreRefusal) -> Member {
        try groups.value(try fields.word32())
    }

    private static func message(_ bytes: [UInt8]) throws(MLSRefusal) -> MLSMessage {
        do throws(WireRefusal) { return try MLSMessage(decoding: bytes) } catch { throw .malformed(error) }
    }

    /// External ones: a count, then identifier and key.
    private static func preSharedKeys(_ fields: inout Fields) throws(CoreRefusal) -> PreSharedKeys {
        var keys = PreSharedKeys()
        for _ in 0..<(try fields.word16()) {
            let identifier = try fields.bytes()
            keys.set(external: identifier, try fields.secret())
        }
        return keys
    }

    private static func handle(_ number: UInt32) -> [UInt8] {
        var writer = ByteWriter(reserving: 4)
        writer.write(number)
        return writer.bytes
    }

    private static func mls<Result>(_ body: () throws(MLSRefusal) -> Result) throws(CoreRefusal) -> Result {
        do throws(MLSRefusal) { return try body() } catch { throw .named(error.name) }
    }
}
#endif
