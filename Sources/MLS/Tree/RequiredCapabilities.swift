// SPDX-License-Identifier: Apache-2.0

public import Base

/// What every member must be able to do, beyond the defaults (RFC 9420 §11.1).
public struct RequiredCapabilities: Hashable, Sendable, WireCodable {
    public var extensions: [ExtensionType]
    public var proposals: [ProposalType]
    public var credentials: [CredentialType]

    public init(
        extensions: [ExtensionType] = [],
        proposals: [ProposalType] = [],
        credentials: [CredentialType] = []
    ) {
        self.extensions = extensions
        self.proposals = proposals
        self.credentials = credentials
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        extensions = try reader.readVector(of: ExtensionType.self)
        proposals = try reader.readVector(of: ProposalType.self)
        credentials = try reader.readVector(of: CredentialType.self)
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeVector(extensions)
        writer.writeVector(proposals)
        writer.writeVector(credentials)
    }

    /// As an extension of the group context.
    public var asExtension: Extension { Extension(type: .requiredCapabilities, data: encoded) }
}
