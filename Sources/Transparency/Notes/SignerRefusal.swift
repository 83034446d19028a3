// SPDX-License-Identifier: Apache-2.0

public import Base

/// Why nothing can be signed.
public enum SignerRefusal: Error, Hashable, Sendable {
    case crypto(CryptoRefusal)
    case key(KeyRefusal)

    static func verifierKey<Crypto: CryptoProvider>(
        _ name: KeyName,
        _ type: SignatureType,
        _ privateKey: Secret,
        _ crypto: Crypto.Type
    ) throws(SignerRefusal) -> VerifierKey {
        let publicKey: [UInt8]
        do throws(CryptoRefusal) {
            publicKey = try Crypto.publicKey(.ed25519, of: privateKey)
        } catch {
            throw .crypto(error)
        }
        do throws(KeyRefusal) {
            return try VerifierKey(name: name, type: type, publicKey: publicKey, with: crypto)
        } catch {
            throw .key(error)
        }
    }
}
