// SPDX-License-Identifier: Apache-2.0

public import Base

/// All that is derived from a ``LinkSecret``, by HKDF-SHA256 (RFC 5869) with a label for each use.
public struct LinkKeys: Sendable {
    public let secret: LinkSecret
    /// The name by which a node knows the room; 22 letters.
    public let alias: MeetingID
    /// Goes into the group's key schedule with everybody who comes in (RFC 9420 §8.4).
    public let preSharedKey: Secret
    let groupInfoKey: Secret
    let cardKey: Secret
    let knockKey: Secret
    let invitationKey: Secret

    public init<Crypto: CryptoProvider>(_ secret: LinkSecret, with _: Crypto.Type) throws(CryptoRefusal) {
        self.secret = secret
        let key = Crypto.extract(.sha256, salt: Secret([UInt8](word: "vigil link v1")), inputKeyMaterial: secret.secret)
        func expand(_ label: SealedBox.Purpose, _ length: Int) throws(CryptoRefusal) -> Secret {
            try Crypto.expand(.sha256, pseudorandomKey: key, info: label.info, length: length)
        }
        let name = try Crypto.expand(.sha256, pseudorandomKey: key, info: [UInt8](word: "alias"), length: 16)
        // 16 bytes are 22 letters.
        let letters = name.withBytes { Base64URL.letters($0) }
        guard let alias = MeetingID(letters: letters) else { throw .invalidLength }
        self.alias = alias
        preSharedKey = try Crypto.expand(.sha256, pseudorandomKey: key, info: [UInt8](word: "psk"), length: 32)
        groupInfoKey = try expand(.groupInfo, 16)
        cardKey = try expand(.card, 16)
        knockKey = try expand(.knock, 16)
        invitationKey = try expand(.invitation, 16)
    }

    func key(_ purpose: SealedBox.Purpose) -> Secret {
        switch purpose {
        case .groupInfo: groupInfoKey
        case .card: cardKey
        case .knock: knockKey
        case .invitation: invitationKey
        }
    }

    /// What only holders of the link can read.
    public func seal<Crypto: CryptoProvider>(
        _ plaintext: [UInt8],
        for purpose: SealedBox.Purpose,
        with _: Crypto.Type,
        using randomness: inout some Randomness
    ) throws(CryptoRefusal) -> SealedBox {
        let nonce = randomness.bytes(SealedBox.nonceLength)
        let ciphertext = try Crypto.seal(
            .aes128GCM,
            key: key(purpose),
            nonce: nonce,
            plaintext: plaintext,
            additionalData: purpose.info
        )
        return SealedBox(bytes: nonce + ciphertext)
    }

    public func open<Crypto: CryptoProvider>(
        _ box: SealedBox,
        for purpose: SealedBox.Purpose,
        with _: Crypto.Type
    ) throws(CryptoRefusal) -> [UInt8] {
        guard box.bytes.count >= SealedBox.nonceLength else { throw .authenticationFailed }
        return try Crypto.open(
            .aes128GCM,
            key: key(purpose),
            nonce: Array(box.bytes[..<SealedBox.nonceLength]),
            ciphertext: Array(box.bytes[SealedBox.nonceLength...]),
            additionalData: purpose.info
        )
    }
}
