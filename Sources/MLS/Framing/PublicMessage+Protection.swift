// SPDX-License-Identifier: Apache-2.0

package import Base

extension PublicMessage {
    /// RFC 9420 §6.2.
    package static func protect<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        _ message: AuthenticatedContent,
        context: GroupContext,
        membershipKey: Secret
    ) throws(MLSRefusal) -> PublicMessage {
        // RFC 9420 §6: application data MUST be encrypted.
        if case .application = message.content.content { throw .applicationDataInTheClear }
        guard message.content.sender.leaf != nil else { return PublicMessage(message, membershipTag: nil) }
        let tag = suite.mac(key: membershipKey, message.toBeTagged(context: context))
        return PublicMessage(message, membershipTag: tag)
    }

    /// Checks the membership tag, if a member sent it (RFC 9420 §6.2). Whoever has no key, a delivery service, skips it.
    package func unprotect<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        context: GroupContext,
        membershipKey: Secret?
    ) throws(MLSRefusal) -> AuthenticatedContent {
        // RFC 9420 §6: application data MUST be encrypted.
        if case .application = content.content { throw .applicationDataInTheClear }
        let message = authenticated
        if content.sender.leaf != nil, let membershipKey {
            guard let membershipTag,
                suite.isValidMAC(membershipTag, key: membershipKey, message.toBeTagged(context: context))
            else { throw .invalidMembershipTag }
        }
        return message
    }
}
