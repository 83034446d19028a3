// SPDX-License-Identifier: Apache-2.0

public import Base

/// A message that is signed but not encrypted (RFC 9420 §6.2).
public struct PublicMessage: Hashable, Sendable, WireCodable {
    public var content: FramedContent
    public var auth: FramedContentAuthData
    /// From members only.
    public var membershipTag: [UInt8]?

    init(_ message: AuthenticatedContent, membershipTag: [UInt8]?) {
        content = message.content
        auth = message.auth
        self.membershipTag = membershipTag
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        content = try FramedContent(reading: &reader)
        auth = try FramedContentAuthData(content.content.type, reading: &reader)
        membershipTag = content.sender.leaf == nil ? nil : try reader.readOpaque()
    }

    public func write(into writer: inout ByteWriter) {
        content.write(into: &writer)
        auth.write(into: &writer)
        if let membershipTag { writer.writeOpaque(membershipTag) }
    }

    var authenticated: AuthenticatedContent {
        AuthenticatedContent(wireFormat: .publicMessage, content: content, auth: auth)
    }
}
