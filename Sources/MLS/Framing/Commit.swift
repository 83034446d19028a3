// SPDX-License-Identifier: Apache-2.0

public import Base

/// What starts the next epoch (RFC 9420 §12.4).
public struct Commit: Hashable, Sendable, WireCodable {
    public var proposals: [ProposalOrRef]
    public var path: UpdatePath?

    public init(proposals: [ProposalOrRef], path: UpdatePath?) {
        self.proposals = proposals
        self.path = path
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        proposals = try reader.readVector(of: ProposalOrRef.self)
        path = try reader.readOptional(UpdatePath.self)
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeVector(proposals)
        writer.writeOptional(path)
    }
}
