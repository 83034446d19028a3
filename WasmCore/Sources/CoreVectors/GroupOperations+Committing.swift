// SPDX-License-Identifier: Apache-2.0

import Base
import Boundary
import MLS
import PortableCrypto

extension GroupOperations {
    /// Bits: 1 a path even if none is needed, 2 the tree in the Welcome, 4 all fitting pending proposals instead of those
    /// that are named.
    static func commit(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let member = try fields.member()
        var options = CommitOptions()
        options.member = try fields.optionalKeyPackage()?.member
        let what = try fields.byte()
        options.withPath = what & 1 != 0
        options.treeInWelcome = what & 2 != 0
        options.format = try fields.format()
        let proposals = try fields.bytes()
        let references = try fields.list()
        options.pending = what & 4 != 0 ? .all : .only(references)
        options.authenticatedData = try fields.bytes()
        options.groupInfoExtensions = try fields.decoded(Extensions.self)
        let keys = try fields.preSharedKeys().keys
        try fields.end()
        var randomness = SystemRandomness()
        let bundle = try mls { () throws(MLSRefusal) in
            options.proposals = try all(proposals)
            return try member.group.commit(options, rules: rules, preSharedKeys: keys, using: &randomness)
        }
        member.staged = bundle.staged
        writer.writeField(bundle.commit.encoded)
        writer.writeField(bundle.welcome?.encoded ?? [])
        writer.writeChange(bundle.staged.change)
    }

    /// No bytes propose fresh keys for our leaf.
    static func propose(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let member = try fields.member()
        let description = try fields.optionalKeyPackage()?.member
        let format = try fields.format()
        let proposal = try fields.optionalBytes()
        let authenticated = try fields.bytes()
        try fields.end()
        var randomness = SystemRandomness()
        try mls { () throws(MLSRefusal) in
            guard let proposal else {
                return try member.group.proposeUpdate(description, format: format, rules: rules, using: &randomness)
            }
            return try member.group.propose(
                try one(proposal),
                format: format,
                authenticatedData: authenticated,
                rules: rules,
                using: &randomness
            )
        }.write(into: &writer)
    }

    /// The group that continues a reinitialised one, or a branch of some members: founded, and its first commit made,
    /// which is adopted at once since nobody else is there yet.
    static func succeed(_ fields: inout Fields, _ writer: inout ByteWriter) throws(CoreRefusal) {
        let member = try fields.member()
        let bundle = try fields.keyPackage()
        let isBranch = try fields.byte() != 0
        let groupID = try fields.bytes()
        let extensions = try fields.decoded(Extensions.self)
        let messages = try fields.list()
        try fields.end()
        var randomness = SystemRandomness()
        let (group, welcome) = try mls { () throws(MLSRefusal) in
            var keyPackages: [KeyPackage] = []
            for bytes in messages {
                guard case .keyPackage(let keyPackage) = try MessageIn(decoding: bytes).message else {
                    throw .wrongContentForSender
                }
                keyPackages.append(keyPackage)
            }
            var (group, made) =
                isBranch
                ? try member.group.branched(
                    groupID: groupID,
                    extensions: extensions,
                    member: bundle.member,
                    lifetime: bundle.lifetime,
                    keyPackages: keyPackages,
                    rules: rules,
                    using: &randomness
                )
                : try member.group.reinitialized(
                    member: bundle.member,
                    lifetime: bundle.lifetime,
                    keyPackages: keyPackages,
                    rules: rules,
                    using: &randomness
                )
            try group.adopt(made.staged)
            return (group, made.welcome)
        }
        try writer.writeHandle(.group(Member(group)))
        writer.writeField(welcome?.encoded ?? [])
    }

    /// Proposals one after the other.
    private static func all(_ bytes: [UInt8]) throws(MLSRefusal) -> [Proposal] {
        var reader = ByteReader(bytes)
        var proposals: [Proposal] = []
        do throws(WireRefusal) {
            while !reader.isAtEnd { proposals.append(try Proposal(reading: &reader)) }
        } catch {
            throw .malformed(error)
        }
        return proposals
    }

    static func one(_ bytes: [UInt8]) throws(MLSRefusal) -> Proposal {
        let proposals = try all(bytes)
        guard proposals.count == 1 else { throw .malformed(.trailingBytes) }
        return proposals[0]
    }
}
