// SPDX-License-Identifier: Apache-2.0

public import Base

/// What the members agree on (RFC 9420 §8.1).
public struct GroupContext: Hashable, Sendable, WireCodable {
    public var version: ProtocolVersion
    public var cipherSuite: CipherSuite
    public var groupID: [UInt8]
    public var epoch: UInt64
    public var treeHash: [UInt8]
    public var confirmedTranscriptHash: [UInt8]
    public var extensions: Extensions

    package init(
        version: ProtocolVersion = .mls10,
        cipherSuite: CipherSuite,
        groupID: [UInt8],
        epoch: UInt64,
        treeHash: [UInt8],
        confirmedTranscriptHash: [UInt8],
        extensions: Extensions = .none
    ) {
        self.version = version
        self.cipherSuite = cipherSuite
        self.groupID = groupID
        self.epoch = epoch
        self.treeHash = treeHash
        self.confirmedTranscriptHash = confirmedTranscriptHash
        self.extensions = extensions
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        version = try ProtocolVersion(reading: &reader)
        cipherSuite = try CipherSuite(reading: &reader)
        groupID = try reader.readOpaque()
        epoch = try UInt64(reading: &reader)
        treeHash = try reader.readOpaque()
        confirmedTranscriptHash = try reader.readOpaque()
        extensions = try Extensions(reading: &reader)
    }

    public func write(into writer: inout ByteWriter) {
        version.write(into: &writer)
        cipherSuite.write(into: &writer)
        writer.writeOpaque(groupID)
        writer.write(epoch)
        writer.writeOpaque(treeHash)
        writer.writeOpaque(confirmedTranscriptHash)
        extensions.write(into: &writer)
    }
}
