// SPDX-License-Identifier: Apache-2.0

package import Base

/// From one epoch's secrets to the next (RFC 9420 §8).
package struct KeySchedule<Crypto: CryptoProvider>: Sendable {
    let suite: CryptoSuite<Crypto>

    package init(_ suite: CryptoSuite<Crypto>) {
        self.suite = suite
    }

    package func joinerSecret(
        initSecret: Secret,
        commitSecret: Secret,
        context: GroupContext
    ) throws(MLSRefusal) -> Secret {
        let extracted = suite.extract(salt: initSecret, inputKeyMaterial: commitSecret)
        return try suite.expandWithLabel(extracted, "joiner", context: context.encoded, length: suite.secretLength)
    }

    /// Everything from the joiner secret on; `pskSecret` from ``pskSecret(_:)``, zeros without PSKs.
    package func epoch(
        joinerSecret: Secret,
        pskSecret: Secret,
        context: GroupContext
    ) throws(MLSRefusal) -> DerivedEpoch {
        let member = suite.extract(salt: joinerSecret, inputKeyMaterial: pskSecret)
        let welcome = try suite.deriveSecret(member, "welcome")
        let epochSecret = try suite.expandWithLabel(
            member,
            "epoch",
            context: context.encoded,
            length: suite.secretLength
        )
        return try epoch(epochSecret: epochSecret, welcomeSecret: welcome)
    }

    /// The first epoch of a group begins from a random epoch secret (RFC 9420 §11).
    package func epoch(epochSecret: Secret, welcomeSecret: Secret) throws(MLSRefusal) -> DerivedEpoch {
        DerivedEpoch(
            welcomeSecret: welcomeSecret,
            encryptionSecret: try suite.deriveSecret(epochSecret, "encryption"),
            secrets: EpochSecrets(
                senderData: try suite.deriveSecret(epochSecret, "sender data"),
                exporter: try suite.deriveSecret(epochSecret, "exporter"),
                external: try suite.deriveSecret(epochSecret, "external"),
                confirmation: try suite.deriveSecret(epochSecret, "confirm"),
                membership: try suite.deriveSecret(epochSecret, "membership"),
                resumption: try suite.deriveSecret(epochSecret, "resumption"),
                authenticator: try suite.deriveSecret(epochSecret, "authentication"),
                initial: try suite.deriveSecret(epochSecret, "init")
            )
        )
    }

    /// `welcome_secret` alone: what opens a group info before its context is known (RFC 9420 §12.4.3.1).
    package func welcomeSecret(joinerSecret: Secret, pskSecret: Secret) throws(MLSRefusal) -> Secret {
        try suite.deriveSecret(suite.extract(salt: joinerSecret, inputKeyMaterial: pskSecret), "welcome")
    }

    package func welcomeKey(_ welcomeSecret: Secret) throws(MLSRefusal) -> RatchetKey {
        RatchetKey(
            key: try suite.expandWithLabel(welcomeSecret, "key", context: [], length: suite.aead.keyLength),
            nonce: try suite.expandWithLabel(welcomeSecret, "nonce", context: [], length: suite.aead.nonceLength)
        )
    }

    /// `psk_secret` of PSKs in their order (RFC 9420 §8.4).
    package func pskSecret(_ keys: [(id: PreSharedKeyID, key: Secret)]) throws(MLSRefusal) -> Secret {
        guard let count = UInt16(exactly: keys.count) else { throw .tooManyPreSharedKeys }
        let zeros = Secret.zeros(suite.secretLength)
        var secret = zeros
        var index: UInt16 = 0
        for entry in keys {
            let extracted = suite.extract(salt: zeros, inputKeyMaterial: entry.key)
            var label = ByteWriter(reserving: 128)
            entry.id.write(into: &label)
            label.write(index)
            label.write(count)
            let input = try suite.expandWithLabel(
                extracted,
                "derived psk",
                context: label.bytes,
                length: suite.secretLength
            )
            secret = suite.extract(salt: input, inputKeyMaterial: secret)
            index += 1
        }
        return secret
    }

    /// `MLS-Exporter` (RFC 9420 §8.5).
    package func export(
        exporterSecret: Secret,
        label: Label,
        context: [UInt8],
        length: Int
    ) throws(MLSRefusal) -> Secret {
        let derived = try suite.deriveSecret(exporterSecret, label)
        return try suite.expandWithLabel(derived, "exported", context: suite.hash(context), length: length)
    }

    /// The key pair that the whole group holds (RFC 9420 §8).
    package func externalKeyPair(_ secrets: EpochSecrets) throws(MLSRefusal) -> HPKEKeyPair {
        try suite.deriveKeyPair(secrets.external)
    }

    /// The joiner's half of external initialisation (RFC 9420 §8.3).
    func externalInit(
        to externalPub: [UInt8],
        using randomness: inout some Randomness
    ) throws(MLSRefusal) -> (kemOutput: [UInt8], initSecret: Secret) {
        let ephemeral = try suite.generateKeyPair(using: &randomness)
        do {
            let (kemOutput, context) = try suite.hpke.setUpSender(to: externalPub, info: [], ephemeral: ephemeral)
            return (kemOutput, try context.export(context: KeySchedule.externalLabel, length: suite.secretLength))
        } catch {
            throw .crypto(error)
        }
    }

    /// The members' half.
    func externalInit(kemOutput: [UInt8], secrets: EpochSecrets) throws(MLSRefusal) -> Secret {
        let pair = try externalKeyPair(secrets)
        do {
            let context = try suite.hpke.setUpReceiver(encapsulation: kemOutput, keyPair: pair, info: [])
            return try context.export(context: KeySchedule.externalLabel, length: suite.secretLength)
        } catch {
            throw .crypto(error)
        }
    }

    private static var externalLabel: [UInt8] { [UInt8](word: "MLS 1.0 external init secret") }
}
