// SPDX-License-Identifier: Apache-2.0

import Base

// Our own format, version 1: only ever read by the same program that wrote it, but read as carefully as anything else.
extension PublicGroup {
    /// All that there is, without secrets.
    public func snapshot() -> [UInt8] {
        var writer = ByteWriter(reserving: 4096)
        writer.write(SnapshotFormat.version)
        write(into: &writer)
        return writer.bytes
    }

    public init(restoring snapshot: [UInt8]) throws(MLSRefusal) {
        var reader = ByteReader(snapshot)
        do throws(WireRefusal) {
            guard try UInt8(reading: &reader) == SnapshotFormat.version else { throw .unknownValue }
            self = try PublicGroup.read(&reader)
            guard reader.isAtEnd else { throw .trailingBytes }
        } catch {
            throw .snapshotInvalid
        }
    }

    func write(into writer: inout ByteWriter) {
        context.write(into: &writer)
        tree.write(into: &writer)
        writer.writeOpaque(confirmationTag)
        writer.writeVector { writer in
            for reference in proposals.order {
                guard let entry = proposals[reference] else { continue }
                writer.writeOpaque(reference)
                entry.sender.write(into: &writer)
                entry.proposal.write(into: &writer)
            }
        }
        writer.writeOptional(reInit)
        limits.write(into: &writer)
    }

    static func read(_ reader: inout ByteReader) throws(WireRefusal) -> PublicGroup {
        let context = try GroupContext(reading: &reader)
        let encodedTree = try RatchetTree.readEncoding(&reader)
        let confirmationTag = try reader.readOpaque()
        var cached = try reader.readVectorContent()
        var entries: [(reference: [UInt8], entry: ProposalCache.Entry)] = []
        while !cached.isAtEnd {
            let reference = try cached.readOpaque()
            let sender = try Sender(reading: &cached)
            entries.append((reference, ProposalCache.Entry(proposal: try Proposal(reading: &cached), sender: sender)))
        }
        let reInit = try reader.readOptional(ReInit.self)
        let limits = try GroupLimits(reading: &reader)
        do {
            var group = PublicGroup(
                suite: try CryptoSuite<Crypto>(context.cipherSuite),
                context: context,
                tree: try RatchetTree(decoding: encodedTree),
                confirmationTag: confirmationTag,
                limits: limits
            )
            for (reference, entry) in entries {
                try group.proposals.insert(entry, reference: reference, limit: .max)
            }
            group.reInit = reInit
            return group
        } catch {
            throw .invalidStructure
        }
    }
}
