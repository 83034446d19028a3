// SPDX-License-Identifier: Apache-2.0

public import Base

/// Third rung: the signature is the sender's (RFC 9420 §6.1). Whether what it says is allowed is for the group to find.
public struct Verified<Crypto: CryptoProvider>: Sendable {
    let message: AuthenticatedContent

    public var sender: Sender { message.content.sender }
    public var epoch: UInt64 { message.content.epoch }
    public var contentType: ContentType { message.content.content.type }
    public var authenticatedData: [UInt8] { message.content.authenticatedData }

    fileprivate init(_ message: AuthenticatedContent) {
        self.message = message
    }
}

extension Unverified {
    public consuming func verified() throws(MLSRefusal) -> Verified<Crypto> {
        // RFC 9420 §6.1: recipients MUST verify the signature.
        guard message.hasValidSignature(suite, context: context, publicKey: publicKey) else {
            throw .invalidSignature
        }
        // RFC 9420 §6.1: a commit has a confirmation tag; it is compared once the next epoch is derived.
        if case .commit = message.content.content, message.auth.confirmationTag == nil {
            throw .missingConfirmationTag
        }
        return Verified(message)
    }
}
