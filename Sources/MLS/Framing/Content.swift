// SPDX-License-Identifier: Apache-2.0

import Base

/// What a message says (RFC 9420 §6).
public enum Content: Hashable, Sendable {
    case application([UInt8])
    case proposal(Proposal)
    indirect case commit(Commit)

    public var type: ContentType {
        switch self {
        case .application: .application
        case .proposal: .proposal
        case .commit: .commit
        }
    }

    init(_ type: ContentType, reading reader: inout ByteReader) throws(WireRefusal) {
        switch type {
        case .application: self = .application(try reader.readOpaque())
        case .proposal: self = .proposal(try Proposal(reading: &reader))
        case .commit: self = .commit(try Commit(reading: &reader))
        }
    }

    func write(into writer: inout ByteWriter) {
        switch self {
        case .application(let data): writer.writeOpaque(data)
        case .proposal(let proposal): proposal.write(into: &writer)
        case .commit(let commit): commit.write(into: &writer)
        }
    }
}
