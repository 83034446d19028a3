// SPDX-License-Identifier: Apache-2.0

import Base

/// What a client says about itself in a leaf.
public struct MemberDescription: Sendable {
    public var signatureKey: SignatureKeyPair
    public var credential: Credential
    public var capabilities: Capabilities
    public var extensions: Extensions

    public init(
        signatureKey: SignatureKeyPair,
        credential: Credential,
        capabilities: Capabilities,
        extensions: Extensions = .none
    ) {
        self.signatureKey = signatureKey
        self.credential = credential
        self.capabilities = capabilities
        self.extensions = extensions
    }

    /// A leaf without encryption key and signature.
    func leafNode(source: LeafNodeSource) -> LeafNode {
        LeafNode(
            encryptionKey: [],
            signatureKey: signatureKey.publicKey,
            credential: credential,
            capabilities: capabilities,
            source: source,
            extensions: extensions
        )
    }
}
