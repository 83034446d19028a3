// SPDX-License-Identifier: Apache-2.0

public import Base

/// A message with its proof, however it travels (RFC 9420 §6).
public struct AuthenticatedContent: Hashable, Sendable, WireCodable {
    public var wireFormat: WireFormat
    public var content: FramedContent
    public var auth: FramedContentAuthData

    package init(wireFormat: WireFormat, content: FramedContent, auth: FramedContentAuthData) {
        self.wireFormat = wireFormat
        self.content = content
        self.auth = auth
    }

    public init(reading reader: inout ByteReader) throws(WireRefusal) {
        guard let wireFormat = WireFormat(rawValue: try UInt16(reading: &reader)) else { throw .unknownValue }
        self.wireFormat = wireFormat
        content = try FramedContent(reading: &reader)
        auth = try FramedContentAuthData(content.content.type, reading: &reader)
    }

    public func write(into writer: inout ByteWriter) {
        writer.write(wireFormat.rawValue)
        content.write(into: &writer)
        auth.write(into: &writer)
    }

    /// `ProposalRef` (RFC 9420 §5.2).
    package func proposalReference<Crypto>(_ suite: CryptoSuite<Crypto>) -> [UInt8] {
        suite.refHash("MLS 1.0 Proposal Reference", encoded)
    }

    /// `FramedContentTBS` (RFC 9420 §6.1): members' and new members' commits are bound to the group's context.
    static func toBeSigned(_ wireFormat: WireFormat, _ content: FramedContent, context: GroupContext) -> [UInt8] {
        var writer = ByteWriter(reserving: 512)
        ProtocolVersion.mls10.write(into: &writer)
        writer.write(wireFormat.rawValue)
        content.write(into: &writer)
        switch content.sender {
        case .member, .newMemberCommit: context.write(into: &writer)
        case .external, .newMemberProposal: break
        }
        return writer.bytes
    }

    /// `AuthenticatedContentTBM` (RFC 9420 §6.2).
    func toBeTagged(context: GroupContext) -> [UInt8] {
        var writer = ByteWriter(reserving: 512)
        writer.write(AuthenticatedContent.toBeSigned(wireFormat, content, context: context))
        auth.write(into: &writer)
        return writer.bytes
    }

    /// Signs; a commit's confirmation tag is put in once the next epoch is known.
    package static func sign<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        _ wireFormat: WireFormat,
        _ content: FramedContent,
        context: GroupContext,
        privateKey: Secret
    ) throws(MLSRefusal) -> AuthenticatedContent {
        let signature = try suite.signWithLabel(
            privateKey: privateKey,
            .framedContent,
            toBeSigned(wireFormat, content, context: context)
        )
        let auth = FramedContentAuthData(signature: signature, confirmationTag: nil)
        return AuthenticatedContent(wireFormat: wireFormat, content: content, auth: auth)
    }

    package func hasValidSignature<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        context: GroupContext,
        publicKey: [UInt8]
    ) -> Bool {
        suite.verifyWithLabel(
            publicKey: publicKey,
            .framedContent,
            AuthenticatedContent.toBeSigned(wireFormat, content, context: context),
            signature: auth.signature
        )
    }
}
