// SPDX-License-Identifier: Apache-2.0

public import Base

/// A private key that cosigns checkpoints: a witness's. One key has one name, since the signed message doesn't say the name
/// (C2SP tlog-cosignature, Ed25519 signed message).
public struct Cosigner<Crypto: CryptoProvider>: Sendable {
    public let key: VerifierKey
    private let privateKey: Secret

    public init(name: KeyName, privateKey: Secret) throws(SignerRefusal) {
        key = try SignerRefusal.verifierKey(name, .cosignature, privateKey, Crypto.self)
        self.privateKey = privateKey
    }

    /// The statement that, at `time`, this is the largest consistent tree seen of that log. Whether it is so is for the
    /// caller to know: ``Witness``.
    func cosign(_ checkpoint: VerifiedCheckpoint, at time: CosignatureTime) throws(SignerRefusal) -> NoteSignature {
        do throws(CryptoRefusal) {
            let message = CosignedMessage.bytes(time: time, text: checkpoint.note.text)
            let signature = try Crypto.sign(.ed25519, privateKey: privateKey, message)
            return NoteSignature(
                name: key.name,
                keyID: key.id,
                signature: TimestampedSignature(time: time, signature: signature).encoded
            )
        } catch {
            throw .crypto(error)
        }
    }
}
