// SPDX-License-Identifier: Apache-2.0

public import Base

/// The group is to go on as another one with these parameters (RFC 9420 §12.1.5).
public struct ReInit: Hashable, Sendable, WireCodable {
    public var groupID: [UInt8]
    public var version: ProtocolVersion
    public var cipherSuite: CipherSuite
    public var extensions: Extensions

    public init(
        groupID: [UInt8],
        version: ProtocolVersion = .mls10,
        cipherSuite: CipherSuite,
        extensions: Extensions = .none
    ) {
        self.groupID = groupID
        self.version = version
        self.cipherSuite = cipherSuite
        self.extensions = extensions
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        groupID = try reader.readOpaque()
        version = try ProtocolVersion(reading: &reader)
        cipherSuite = try CipherSuite(reading: &reader)
        extensions = try Extensions(reading: &reader)
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeOpaque(groupID)
        version.write(into: &writer)
        cipherSuite.write(into: &writer)
        extensions.write(into: &writer)
    }
}
