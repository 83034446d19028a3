// SPDX-License-Identifier: Apache-2.0

public import Base

/// A private key under the name with which it signs notes (C2SP signed-note, Ed25519 signatures): a log's.
public struct NoteSigner<Crypto: CryptoProvider>: Sendable {
    public let key: VerifierKey
    private let privateKey: Secret

    public init(name: KeyName, privateKey: Secret) throws(SignerRefusal) {
        key = try SignerRefusal.verifierKey(name, .ed25519, privateKey, Crypto.self)
        self.privateKey = privateKey
    }

    /// The note with this key's signature alone.
    func sign(_ text: [UInt8]) throws(SignerRefusal) -> SignedNote {
        do throws(CryptoRefusal) {
            let signature = try Crypto.sign(.ed25519, privateKey: privateKey, text)
            return SignedNote(
                text: text,
                signatures: [NoteSignature(name: key.name, keyID: key.id, signature: signature)]
            )
        } catch {
            throw .crypto(error)
        }
    }
}
