// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a member claims to be (RFC 9420 §5.3). Whether to believe it is the application's affair.
public enum Credential: Hashable, Sendable, WireCodable {
    /// A bare identity in the application's own format.
    case basic(identity: [UInt8])
    /// A chain of DER certificates, the end entity's first.
    case x509(certificates: [[UInt8]])

    public var type: CredentialType {
        switch self {
        case .basic: .basic
        case .x509: .x509
        }
    }

    /// A credential of a type that isn't known has no known length, so the message around it can't be read.
    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        switch try CredentialType(reading: &reader) {
        case .basic:
            self = .basic(identity: try reader.readOpaque())
        case .x509:
            var content = try reader.readVectorContent()
            var certificates: [[UInt8]] = []
            while !content.isAtEnd { certificates.append(try content.readOpaque()) }
            self = .x509(certificates: certificates)
        default:
            throw .unknownValue
        }
    }

    public func write(into writer: inout ByteWriter) {
        type.write(into: &writer)
        switch self {
        case .basic(let identity):
            writer.writeOpaque(identity)
        case .x509(let certificates):
            writer.writeVector { writer in
                for certificate in certificates { writer.writeOpaque(certificate) }
            }
        }
    }
}
