// SPDX-License-Identifier: Apache-2.0

public import Base

extension CryptoSuite {
    package func generateKeyPair(using randomness: inout some Randomness) throws(MLSRefusal) -> HPKEKeyPair {
        do { return try hpke.generateKeyPair(using: &randomness) } catch { throw .crypto(error) }
    }

    /// `KEM.DeriveKeyPair`.
    package func deriveKeyPair(_ secret: Secret) throws(MLSRefusal) -> HPKEKeyPair {
        do { return try hpke.deriveKeyPair(secret) } catch { throw .crypto(error) }
    }

    /// The pair that a private key belongs to.
    package func keyPair(privateKey: Secret) throws(MLSRefusal) -> HPKEKeyPair {
        do {
            let publicKey = try Crypto.publicKey(hpke.suite.kem.group, of: privateKey)
            return HPKEKeyPair(privateKey: privateKey, publicKey: publicKey)
        } catch {
            throw .crypto(error)
        }
    }

    /// Whether the KEM accepts this as a public key.
    package func isValidPublicKey(_ key: [UInt8]) -> Bool {
        Crypto.isValidPublicKey(hpke.suite.kem.group, key)
    }

    /// A fresh signature key pair of the suite.
    public func generateSignatureKey(using randomness: inout some Randomness) throws(MLSRefusal) -> SignatureKeyPair {
        do {
            let key = try Crypto.generateSignatureKey(signature, using: &randomness)
            return SignatureKeyPair(privateKey: key, publicKey: try Crypto.publicKey(signature, of: key))
        } catch {
            throw .crypto(error)
        }
    }

    public func signatureKeyPair(privateKey: Secret) throws(MLSRefusal) -> SignatureKeyPair {
        do {
            return SignatureKeyPair(
                privateKey: privateKey,
                publicKey: try Crypto.publicKey(signature, of: privateKey)
            )
        } catch {
            throw .crypto(error)
        }
    }

    package func seal(
        key: Secret,
        nonce: [UInt8],
        plaintext: [UInt8],
        additionalData: [UInt8]
    ) throws(MLSRefusal) -> [UInt8] {
        do {
            return try Crypto.seal(
                aead,
                key: key,
                nonce: nonce,
                plaintext: plaintext,
                additionalData: additionalData
            )
        } catch {
            throw .crypto(error)
        }
    }

    package func open(
        key: Secret,
        nonce: [UInt8],
        ciphertext: [UInt8],
        additionalData: [UInt8]
    ) throws(MLSRefusal) -> [UInt8] {
        do {
            return try Crypto.open(
                aead,
                key: key,
                nonce: nonce,
                ciphertext: ciphertext,
                additionalData: additionalData
            )
        } catch {
            throw .crypto(error)
        }
    }
}
