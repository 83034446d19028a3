// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a client can do (RFC 9420 §7.2). Unknown values are carried along and otherwise ignored.
public struct Capabilities: Hashable, Sendable, WireCodable {
    public var versions: [ProtocolVersion]
    public var cipherSuites: [CipherSuite]
    public var extensions: [ExtensionType]
    public var proposals: [ProposalType]
    public var credentials: [CredentialType]

    public init(
        versions: [ProtocolVersion] = [.mls10],
        cipherSuites: [CipherSuite],
        extensions: [ExtensionType] = [],
        proposals: [ProposalType] = [.selfRemove],
        credentials: [CredentialType] = [.basic]
    ) {
        self.versions = versions
        self.cipherSuites = cipherSuites
        self.extensions = extensions
        self.proposals = proposals
        self.credentials = credentials
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        versions = try reader.readVector(of: ProtocolVersion.self)
        cipherSuites = try reader.readVector(of: CipherSuite.self)
        extensions = try reader.readVector(of: ExtensionType.self)
        proposals = try reader.readVector(of: ProposalType.self)
        credentials = try reader.readVector(of: CredentialType.self)
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeVector(versions)
        writer.writeVector(cipherSuites)
        writer.writeVector(extensions)
        writer.writeVector(proposals)
        writer.writeVector(credentials)
    }

    public func supports(_ type: ExtensionType) -> Bool { type.isDefault || extensions.contains(type) }
    public func supports(_ type: ProposalType) -> Bool { type.isDefault || proposals.contains(type) }
    public func supports(_ type: CredentialType) -> Bool { credentials.contains(type) }

    /// RFC 9420 §11.1.
    public func meet(_ required: RequiredCapabilities) -> Bool {
        for type in required.extensions where !supports(type) { return false }
        for type in required.proposals where !supports(type) { return false }
        for type in required.credentials where !supports(type) { return false }
        return true
    }
}
