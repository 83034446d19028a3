// SPDX-License-Identifier: Apache-2.0

public import Base

/// Anything that travels (RFC 9420 §6).
public indirect enum MLSMessage: Hashable, Sendable, WireCodable {
    case publicMessage(PublicMessage)
    case privateMessage(PrivateMessage)
    case welcome(Welcome)
    case groupInfo(GroupInfo)
    case keyPackage(KeyPackage)

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        // RFC 9420 §6: version mls10 is the only one there is.
        guard try ProtocolVersion(reading: &reader) == .mls10 else { throw .unknownValue }
        switch WireFormat(rawValue: try UInt16(reading: &reader)) {
        case .publicMessage: self = .publicMessage(try PublicMessage(reading: &reader))
        case .privateMessage: self = .privateMessage(try PrivateMessage(reading: &reader))
        case .welcome: self = .welcome(try Welcome(reading: &reader))
        case .groupInfo: self = .groupInfo(try GroupInfo(reading: &reader))
        case .keyPackage:
            let keyPackage = try KeyPackage(reading: &reader)
            // RFC 9420 §10: the version inside MUST be that of the message around it.
            guard keyPackage.version == .mls10 else { throw .unknownValue }
            self = .keyPackage(keyPackage)
        case nil: throw .unknownValue
        }
    }

    public func write(into writer: inout ByteWriter) {
        ProtocolVersion.mls10.write(into: &writer)
        writer.write(wireFormat.rawValue)
        switch self {
        case .publicMessage(let message): message.write(into: &writer)
        case .privateMessage(let message): message.write(into: &writer)
        case .welcome(let welcome): welcome.write(into: &writer)
        case .groupInfo(let info): info.write(into: &writer)
        case .keyPackage(let keyPackage): keyPackage.write(into: &writer)
        }
    }

    public var wireFormat: WireFormat {
        switch self {
        case .publicMessage: .publicMessage
        case .privateMessage: .privateMessage
        case .welcome: .welcome
        case .groupInfo: .groupInfo
        case .keyPackage: .keyPackage
        }
    }
}
