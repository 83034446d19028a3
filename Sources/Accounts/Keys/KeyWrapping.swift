// SPDX-License-Identifier: Apache-2.0

import Base

/// An account's secret, sealed under what one passkey or one paper code gives (AES-256-GCM under a key that is used once).
public struct KeyWrapping: Hashable, Sendable {
    /// Of the salt, which is the passkey's `prf` input as well.
    public static let saltLength = 32
    /// Bytes of a credential's id (WebAuthn L3 §4).
    static let credentialLengths = 16...1_023
    static let sealedLength = AccountSecret.length + 16

    /// Which passkey; `nil` for paper.
    public let credential: [UInt8]?
    public let salt: [UInt8]
    let sealed: [UInt8]

    init(credential: [UInt8]?, salt: [UInt8], sealed: [UInt8]) {
        self.credential = credential
        self.salt = salt
        self.sealed = sealed
    }

    /// - Parameter salt: the one that the passkey's `prf` was asked with; fresh for every wrapping.
    init<Crypto: CryptoProvider>(
        _ secret: AccountSecret,
        of certificate: AccountCertificate,
        under unlock: Unlock,
        salt: [UInt8],
        with crypto: Crypto.Type
    ) throws(WrappingRefusal) {
        guard salt.count == KeyWrapping.saltLength else { throw .wrongSalt }
        if let credential = unlock.credential, !(KeyWrapping.credentialLengths ~= credential.count) {
            throw .wrongCredential
        }
        let (key, context) = try KeyWrapping.key(unlock, salt, certificate, with: crypto)
        do throws(CryptoRefusal) {
            sealed = try Crypto.seal(
                .aes256GCM,
                key: key,
                nonce: KeyWrapping.nonce,
                plaintext: secret.root.withBytes { Array($0) },
                additionalData: context
            )
        } catch {
            throw .crypto(error)
        }
        credential = unlock.credential
        self.salt = salt
    }

    func open<Crypto: CryptoProvider>(
        for certificate: AccountCertificate,
        with unlock: Unlock,
        crypto: Crypto.Type
    ) throws(WrappingRefusal) -> AccountSecret {
        let (key, context) = try KeyWrapping.key(unlock, salt, certificate, with: crypto)
        var root: [UInt8]
        do throws(CryptoRefusal) {
            root = try Crypto.open(
                .aes256GCM,
                key: key,
                nonce: KeyWrapping.nonce,
                ciphertext: sealed,
                additionalData: context
            )
        } catch {
            throw error == .authenticationFailed ? .doesNotOpen : .crypto(error)
        }
        // GCM commits to no key: what comes out must be this account's.
        guard let secret = AccountSecret(Secret(erasing: &root)) else { throw .doesNotOpen }
        guard try secret.isBehind(certificate, with: crypto) else { throw .doesNotOpen }
        return secret
    }

    /// One key seals one plaintext.
    private static var nonce: [UInt8] { [UInt8](repeating: 0, count: 12) }

    private static func key<Crypto: CryptoProvider>(
        _ unlock: Unlock,
        _ salt: [UInt8],
        _ certificate: AccountCertificate,
        with crypto: Crypto.Type
    ) throws(WrappingRefusal) -> (Secret, context: [UInt8]) {
        guard unlock.material.count >= PaperCode.length else { throw .shortOutput }
        // Of fixed length but for the credential's id at the end.
        let context =
            [UInt8](word: "vigil-account/v1 wrapping\0") + certificate.key.bytes + unlock.kind.bytes + [0]
            + (unlock.credential ?? [])
        let extracted = Crypto.extract(.sha256, salt: Secret(salt), inputKeyMaterial: unlock.material)
        do throws(CryptoRefusal) {
            return (try Crypto.expand(.sha256, pseudorandomKey: extracted, info: context, length: 32), context)
        } catch {
            throw .crypto(error)
        }
    }
}
