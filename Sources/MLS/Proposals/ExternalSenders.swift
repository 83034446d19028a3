// SPDX-License-Identifier: Apache-2.0

public import Base

/// The `external_senders` extension of a group context (RFC 9420 §12.1.8.1).
public struct ExternalSenders: Hashable, Sendable, WireCodable {
    public var senders: [ExternalSender]

    public init(_ senders: [ExternalSender]) {
        self.senders = senders
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        senders = try reader.readVector(of: ExternalSender.self)
    }

    public func write(into writer: inout ByteWriter) {
        writer.writeVector(senders)
    }

    public var asExtension: Extension { Extension(type: .externalSenders, data: encoded) }
}
