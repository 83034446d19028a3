// SPDX-License-Identifier: Apache-2.0

package import Base

extension PrivateMessage {
    /// Encrypts with the sender's next key (RFC 9420 §6.3).
    ///
    /// - Parameter paddingBlock: the plaintext's length is rounded up to a multiple of this; 0 and 1 mean no padding.
    package static func protect<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        _ message: AuthenticatedContent,
        senderDataSecret: Secret,
        secretTree: inout SecretTree<Crypto>,
        paddingBlock: Int,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> PrivateMessage {
        // RFC 9420 §6.3.2: only members have keys.
        guard let leaf = message.content.sender.leaf else { throw .mustBePublic }
        let content = message.content
        let type = content.content.type
        var plaintext = ByteWriter(reserving: 512)
        content.content.write(into: &plaintext)
        message.auth.write(into: &plaintext)
        if paddingBlock > 1, plaintext.count % paddingBlock != 0 {
            plaintext.write(repeatElement(0, count: paddingBlock - plaintext.count % paddingBlock))
        }
        // Unseen by tests: it takes a plaintext of 2^30 bytes.
        guard plaintext.count <= ByteWriter.longestVector - suite.aead.tagLength else { throw .messageTooLarge }
        let (generation, key) = try secretTree.next(RatchetKind(type), of: leaf)
        let reuseGuard = UInt32(truncatingIfNeeded: randomness.next())
        let ciphertext = try suite.seal(
            key: key.key,
            nonce: key.nonce(guardedBy: reuseGuard),
            plaintext: plaintext.bytes,
            additionalData: contentAAD(content.groupID, content.epoch, type, content.authenticatedData)
        )
        let senderData = SenderData(leaf: leaf, generation: generation, reuseGuard: reuseGuard)
        let senderKey = try suite.senderDataKey(senderDataSecret, ciphertext: ciphertext)
        let encryptedSenderData = try suite.seal(
            key: senderKey.key,
            nonce: senderKey.nonce(guardedBy: 0),
            plaintext: senderData.encoded,
            additionalData: senderDataAAD(content.groupID, content.epoch, type)
        )
        return PrivateMessage(
            groupID: content.groupID,
            epoch: content.epoch,
            contentType: type,
            authenticatedData: content.authenticatedData,
            encryptedSenderData: encryptedSenderData,
            ciphertext: ciphertext
        )
    }

    /// Decrypts, and with that consumes the message's key (RFC 9420 §6.3, §9.2).
    package func unprotect<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        senderDataSecret: Secret,
        secretTree: inout SecretTree<Crypto>,
        isMember: (LeafIndex) -> Bool
    ) throws(MLSRefusal) -> AuthenticatedContent {
        let senderKey = try suite.senderDataKey(senderDataSecret, ciphertext: ciphertext)
        let senderData: SenderData
        let opened = try suite.open(
            key: senderKey.key,
            nonce: senderKey.nonce(guardedBy: 0),
            ciphertext: encryptedSenderData,
            additionalData: PrivateMessage.senderDataAAD(groupID, epoch, contentType)
        )
        do { senderData = try SenderData(decoding: opened) } catch { throw .malformed(error) }
        // RFC 9420 §6.3.2: the leaf MUST NOT be blank.
        guard isMember(senderData.leaf) else { throw .senderNotAMember }
        let plaintext = try secretTree.open(
            RatchetKind(contentType),
            of: senderData.leaf,
            generation: senderData.generation
        ) { key throws(MLSRefusal) in
            try suite.open(
                key: key.key,
                nonce: key.nonce(guardedBy: senderData.reuseGuard),
                ciphertext: ciphertext,
                additionalData: PrivateMessage.contentAAD(groupID, epoch, contentType, authenticatedData)
            )
        }
        return try decoded(plaintext, sender: .member(senderData.leaf))
    }

    private func decoded(_ plaintext: [UInt8], sender: Sender) throws(MLSRefusal) -> AuthenticatedContent {
        var reader = ByteReader(plaintext)
        let content: Content
        let auth: FramedContentAuthData
        do {
            content = try Content(contentType, reading: &reader)
            auth = try FramedContentAuthData(contentType, reading: &reader)
        } catch {
            throw .malformed(error)
        }
        // RFC 9420 §6.3.1: padding MUST be zeros.
        for byte in reader.rest where byte != 0 { throw .nonZeroPadding }
        let framed = FramedContent(
            groupID: groupID,
            epoch: epoch,
            sender: sender,
            authenticatedData: authenticatedData,
            content: content
        )
        return AuthenticatedContent(wireFormat: .privateMessage, content: framed, auth: auth)
    }

    private static func senderDataAAD(_ groupID: [UInt8], _ epoch: UInt64, _ type: ContentType) -> [UInt8] {
        var writer = ByteWriter(reserving: 64)
        writer.writeOpaque(groupID)
        writer.write(epoch)
        writer.write(type.rawValue)
        return writer.bytes
    }

    private static func contentAAD(
        _ groupID: [UInt8],
        _ epoch: UInt64,
        _ type: ContentType,
        _ authenticatedData: [UInt8]
    ) -> [UInt8] {
        var writer = ByteWriter(reserving: 64 + authenticatedData.count)
        writer.writeOpaque(groupID)
        writer.write(epoch)
        writer.write(type.rawValue)
        writer.writeOpaque(authenticatedData)
        return writer.bytes
    }
}
