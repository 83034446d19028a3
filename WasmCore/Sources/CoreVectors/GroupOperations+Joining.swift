// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import MLS
import PortableCrypto

extension GroupOperations {
    /// Stands for no leaf and no place.
    private static let none = UInt32.max

    /// A fresh key package; with the signature key of another one, if its handle isn't 0.
    static func createKeyPackage(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let number = CipherSuite(rawValue: try fields.word16())
        let former = try fields.optionalKeyPackage()
        let credential = try fields.decoded(Credential.self)
        let capabilities = try fields.decoded(Capabilities.self)
        let leafExtensions = try fields.decoded(Extensions.self)
        let extensions = try fields.decoded(Extensions.self)
        let lifetime = Lifetime(notBefore: try fields.word64(), notAfter: try fields.word64())
        try fields.end()
        var randomness = SystemRandomness()
        let bundle = try mls { () throws(MLSRefusal) in
            let suite = try CryptoSuite<PortableCrypto>(number)
            let key: SignatureKeyPair
            if let former {
                key = former.member.signatureKey
            } else {
                key = try suite.generateSignatureKey(using: &randomness)
            }
            let member = MemberDescription(
                signatureKey: key,
                credential: credential,
                capabilities: capabilities,
                extensions: leafExtensions
            )
            return try KeyPackageBundle(
                suite,
                member,
                lifetime: lifetime,
                extensions: extensions,
                using: &randomness
            )
        }
        try writer.writeHandle(.keyPackage(bundle))
        try writeKeyPackage(bundle, &writer)
    }

    static func writeKeyPackage(_ bundle: KeyPackageBundle, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let suite = try mls { () throws(MLSRefusal) in
            try CryptoSuite<PortableCrypto>(bundle.keyPackage.cipherSuite)
        }
        writer.writeField(bundle.keyPackage.reference(suite))
        writer.writeField(MLSMessage.keyPackage(bundle.keyPackage).encoded)
    }

    /// Somebody's key package: who it is, once it has been found valid by itself.
    static func readKeyPackage(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let message = try fields.decoded(MLSMessage.self)
        try fields.end()
        try mls { () throws(MLSRefusal) in
            guard case .keyPackage(let keyPackage) = message else { throw .wrongContentForSender }
            let suite = try CryptoSuite<PortableCrypto>(keyPackage.cipherSuite)
            try keyPackage.verify(suite, rules: rules)
            writer.write(keyPackage.cipherSuite.rawValue)
            writer.writeField(keyPackage.reference(suite))
            writer.writeField(keyPackage.extensions.encoded)
            writer.writeLeaf(LeafIndex(none), keyPackage.leafNode)
            if case .keyPackage(let lifetime) = keyPackage.leafNode.source { lifetime.write(into: &writer) }
        }
    }

    static func create(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let bundle = try fields.keyPackage()
        let groupID = try fields.bytes()
        let extensions = try fields.decoded(Extensions.self)
        try fields.end()
        var randomness = SystemRandomness()
        let group = try mls { () throws(MLSRefusal) in
            try Group(
                try CryptoSuite<PortableCrypto>(bundle.keyPackage.cipherSuite),
                groupID: groupID,
                member: bundle.member,
                lifetime: bundle.lifetime,
                extensions: extensions,
                rules: rules,
                using: &randomness
            )
        }
        try writer.writeHandle(.group(Member(group)))
    }

    /// By a Welcome; the handle of the group that this one continues or branches from, or 0, follows the tree.
    static func join(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let bundle = try fields.keyPackage()
        let message = try fields.decoded(MLSMessage.self)
        let tree = try fields.optionalBytes()
        var origin = Origin<PortableCrypto>.none
        if try fields.byte() != 0 { origin = .group(try fields.member().group) }
        let keys = try fields.preSharedKeys().keys
        try fields.end()
        let group = try mls { () throws(MLSRefusal) in
            guard case .welcome(let welcome) = message else { throw .wrongContentForSender }
            return try Group(
                welcome,
                bundle,
                tree: tree,
                origin: origin,
                rules: rules,
                preSharedKeys: keys
            )
        }
        try writer.writeHandle(.group(Member(group)))
    }

    /// By a commit from outside, which uses all pre-shared keys that are given.
    static func joinExternally(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let bundle = try fields.keyPackage()
        let message = try fields.decoded(MLSMessage.self)
        let tree = try fields.optionalBytes()
        let replaced = try fields.word32()
        let authenticated = try fields.bytes()
        let selfRemoves = try fields.list()
        let (sources, keys) = try fields.preSharedKeys()
        try fields.end()
        var randomness = SystemRandomness()
        let join = try mls { () throws(MLSRefusal) in
            guard case .groupInfo(let info) = message else { throw .wrongContentForSender }
            var messages: [MessageIn] = []
            for bytes in selfRemoves { messages.append(try MessageIn(decoding: bytes)) }
            return try ExternalJoin<PortableCrypto>(
                info,
                tree: tree,
                member: bundle.member,
                replacing: replaced == none ? nil : LeafIndex(replaced),
                sources: sources,
                preSharedKeys: keys,
                selfRemoves: messages,
                authenticatedData: authenticated,
                rules: rules,
                using: &randomness
            )
        }
        try writer.writeHandle(.group(Member(join.group)))
        writer.writeField(join.commit.encoded)
        writer.writeChange(join.change)
    }

    /// From the external sender at a place of the extension, or from ourselves who want to come in.
    static func proposeFromOutside(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let bundle = try fields.keyPackage()
        let groupID = try fields.bytes()
        let epoch = try fields.word64()
        let index = try fields.word32()
        let proposal = try fields.optionalBytes()
        let authenticated = try fields.bytes()
        try fields.end()
        try mls { () throws(MLSRefusal) in
            let suite = try CryptoSuite<PortableCrypto>(bundle.keyPackage.cipherSuite)
            guard let proposal else {
                return try ExternalProposal.proposeSelf(
                    suite,
                    bundle,
                    groupID: groupID,
                    epoch: epoch,
                    authenticatedData: authenticated
                )
            }
            return try ExternalProposal.propose(
                suite,
                try one(proposal),
                groupID: groupID,
                epoch: epoch,
                index: index,
                signatureKey: bundle.member.signatureKey,
                authenticatedData: authenticated
            )
        }.write(into: &writer)
    }
}
