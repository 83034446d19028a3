// SPDX-License-Identifier: Apache-2.0

import Base

extension Group {
    /// The group for somebody who comes from outside (RFC 9420 §12.4.3).
    ///
    /// - Parameters:
    ///   - withTree: whether the ratchet tree is part of it.
    ///   - withExternalPub: whether it can be used for an external commit.
    public func groupInfo(
        withTree: Bool = true,
        withExternalPub: Bool = true,
        extensions: Extensions = .none
    ) throws(MLSRefusal) -> GroupInfo {
        try verifyActive()
        var extensions = extensions
        if withTree { extensions = extensions.with(Extension(type: .ratchetTree, data: tree.encoded)) }
        if withExternalPub {
            let pair = try KeySchedule(suite).externalKeyPair(secrets)
            var data = ByteWriter()
            data.writeOpaque(pair.publicKey)
            extensions = extensions.with(Extension(type: .externalPub, data: data.bytes))
        }
        var info = GroupInfo(
            context: context,
            extensions: extensions,
            confirmationTag: shared.confirmationTag,
            signer: leaf
        )
        try info.sign(suite, privateKey: signatureKey.privateKey)
        return info
    }

    /// The Welcome for those added by the commit that led to this epoch (RFC 9420 §12.4.3.1).
    func welcome(
        _ next: NextEpoch<Crypto>,
        _ path: FreshPath?,
        _ result: CommitDraft<Crypto>.Result,
        _ options: CommitOptions,
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> MLSMessage? {
        guard !next.added.isEmpty else { return nil }
        let info = try groupInfo(
            withTree: options.treeInWelcome,
            withExternalPub: false,
            extensions: options.groupInfoExtensions
        )
        let key = try KeySchedule(suite).welcomeKey(result.derived.welcomeSecret)
        let encryptedInfo = try suite.seal(
            key: key.key,
            nonce: key.nonce(guardedBy: 0),
            plaintext: info.encoded,
            additionalData: []
        )
        var secrets: [EncryptedGroupSecrets] = []
        for (index, leaf) in next.added.enumerated() {
            let keyPackage = next.list.adds[index]
            let groupSecrets = GroupSecrets(
                joinerSecret: result.joinerSecret,
                pathSecret: path?.pathSecret(for: leaf),
                preSharedKeys: next.list.preSharedKeys
            )
            let sealed = try suite.encryptWithLabel(
                to: keyPackage.initKey,
                .welcome,
                context: encryptedInfo,
                plaintext: groupSecrets.encoded,
                using: &randomness
            )
            secrets.append(
                EncryptedGroupSecrets(
                    newMember: keyPackage.reference(suite),
                    encryptedGroupSecrets: sealed
                )
            )
        }
        return .welcome(
            Welcome(cipherSuite: suite.identifier, secrets: secrets, encryptedGroupInfo: encryptedInfo)
        )
    }
}
