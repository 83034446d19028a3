// SPDX-License-Identifier: Apache-2.0

public import Base

extension Group {
    /// Encrypts application data (RFC 9420 §6.3).
    ///
    /// - Parameter paddingBlock: the plaintext's length is rounded up to a multiple of this; 0 means no padding.
    public mutating func encrypt(
        _ data: [UInt8],
        authenticatedData: [UInt8] = [],
        paddingBlock: Int = 0,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> MLSMessage {
        try verifyActive()
        // RFC 9420 §12.4: whoever has seen a proposal MUST commit before sending data.
        guard shared.proposals.isEmpty else { throw .pendingProposals }
        let content = framed(.application(data), authenticatedData)
        let message = try AuthenticatedContent.sign(
            suite,
            .privateMessage,
            content,
            context: context,
            privateKey: signatureKey.privateKey
        )
        return try protect(message, paddingBlock: paddingBlock, using: &randomness)
    }

    /// Proposes (RFC 9420 §12.1), and caches the proposal.
    ///
    /// An update goes through ``proposeUpdate(_:format:rules:using:)``, which makes its keys.
    public mutating func propose(
        _ proposal: Proposal,
        format: HandshakeFormat = .publicMessage,
        authenticatedData: [UInt8] = [],
        rules: some GroupRules,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> MLSMessage {
        try verifyActive()
        let wireFormat: WireFormat = format == .publicMessage ? .publicMessage : .privateMessage
        let message = try AuthenticatedContent.sign(
            suite,
            wireFormat,
            framed(.proposal(proposal), authenticatedData),
            context: context,
            privateKey: signatureKey.privateKey
        )
        let verified = try Unverified(
            suite,
            message,
            context: context,
            publicKey: signatureKey.publicKey
        ).verified()
        _ = try shared.insert(verified, rules: rules)
        return try protect(message, format, using: &randomness)
    }

    /// Proposes fresh keys for our leaf, and whatever else of it changes.
    public mutating func proposeUpdate(
        _ member: MemberDescription? = nil,
        format: HandshakeFormat = .publicMessage,
        rules: some GroupRules,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> MLSMessage {
        try verifyActive()
        let description = try description(or: member)
        let pair = try suite.generateKeyPair(using: &randomness)
        var node = description.leafNode(source: .update)
        node.encryptionKey = pair.publicKey
        try node.sign(suite, privateKey: description.signatureKey.privateKey, groupID: groupID, leaf: leaf)
        let message = try propose(.update(node), format: format, rules: rules, using: &randomness)
        pendingUpdates.append(PendingUpdate(encryptionKeyPair: pair, signatureKey: description.signatureKey))
        return message
    }

    /// What our leaf says now, or what it shall say.
    func description(or other: MemberDescription?) throws(MLSRefusal) -> MemberDescription {
        if let other { return other }
        guard let node = leafNode else { throw .removed }
        return MemberDescription(
            signatureKey: signatureKey,
            credential: node.credential,
            capabilities: node.capabilities,
            extensions: node.extensions
        )
    }

    func framed(_ content: Content, _ authenticatedData: [UInt8]) -> FramedContent {
        FramedContent(
            groupID: groupID,
            epoch: epoch,
            sender: .member(leaf),
            authenticatedData: authenticatedData,
            content: content
        )
    }

    mutating func protect(
        _ message: AuthenticatedContent,
        _ format: HandshakeFormat,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> MLSMessage {
        switch format {
        case .publicMessage:
            return .publicMessage(
                try PublicMessage.protect(suite, message, context: context, membershipKey: secrets.membership)
            )
        case .privateMessage(let paddingBlock):
            return try protect(message, paddingBlock: paddingBlock, using: &randomness)
        }
    }

    private mutating func protect(
        _ message: AuthenticatedContent,
        paddingBlock: Int,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> MLSMessage {
        .privateMessage(
            try PrivateMessage.protect(
                suite,
                message,
                senderDataSecret: secrets.senderData,
                secretTree: &secretTree,
                paddingBlock: paddingBlock,
                using: &randomness
            )
        )
    }
}
