// SPDX-License-Identifier: Apache-2.0

package import Base

extension Welcome {
    /// Our secrets in it (RFC 9420 §12.4.3.1).
    package func groupSecrets<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        for keyPackage: KeyPackage,
        initKeyPair: HPKEKeyPair
    ) throws(MLSRefusal) -> GroupSecrets {
        let reference = keyPackage.reference(suite)
        guard let entry = secrets.first(where: { $0.newMember == reference }) else { throw .noSecretsForUs }
        let opened = try suite.decryptWithLabel(
            initKeyPair,
            .welcome,
            context: encryptedGroupInfo,
            entry.encryptedGroupSecrets
        )
        do { return try GroupSecrets(decoding: opened) } catch { throw .malformed(error) }
    }

    package func groupInfo<Crypto>(
        _ suite: CryptoSuite<Crypto>,
        joinerSecret: Secret,
        pskSecret: Secret
    ) throws(MLSRefusal) -> GroupInfo {
        let schedule = KeySchedule(suite)
        let key = try schedule.welcomeKey(
            try schedule.welcomeSecret(joinerSecret: joinerSecret, pskSecret: pskSecret)
        )
        let opened = try suite.open(
            key: key.key,
            nonce: key.nonce(guardedBy: 0),
            ciphertext: encryptedGroupInfo,
            additionalData: []
        )
        do { return try GroupInfo(decoding: opened) } catch { throw .malformed(error) }
    }
}
