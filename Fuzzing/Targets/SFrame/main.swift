// SPDX-License-Identifier: Apache-2.0

import Base
import Driver
import SFrame

/// Ciphers that cost nothing: a sum for a tag, so that inputs get past it and into what comes after.
enum ToyCrypto: CryptoProvider {
    static func hash(_ algorithm: HashAlgorithm, _ data: [UInt8]) -> [UInt8] {
        [UInt8](repeating: sum(data), count: algorithm.outputLength)
    }
    static func hmac(_ algorithm: HashAlgorithm, key: Secret, _ data: [UInt8]) -> Secret {
        Secret([UInt8](repeating: sum(data), count: algorithm.outputLength))
    }
    static func extract(_ algorithm: HashAlgorithm, salt: Secret, inputKeyMaterial: Secret) -> Secret {
        Secret([UInt8](repeating: 1, count: algorithm.outputLength))
    }
    static func expand(
        _: HashAlgorithm,
        pseudorandomKey: Secret,
        info: [UInt8],
        length: Int
    ) throws(CryptoRefusal) -> Secret {
        Secret([UInt8](repeating: sum(info), count: length))
    }
    static func seal(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        plaintext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        plaintext + [UInt8](repeating: sum(plaintext), count: algorithm.tagLength)
    }
    static func open(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        ciphertext: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) -> [UInt8] {
        guard ciphertext.count >= algorithm.tagLength else { throw .authenticationFailed }
        return Array(ciphertext.dropLast(algorithm.tagLength))
    }
    static func aesCounter(key: Secret, counter: [UInt8], data: [UInt8]) throws(CryptoRefusal) -> [UInt8] { data }
    static func publicKey(_: KeyAgreementAlgorithm, of: Secret) throws(CryptoRefusal) -> [UInt8] { throw .unsupported }
    static func sharedSecret(
        _: KeyAgreementAlgorithm,
        privateKey: Secret,
        publicKey: [UInt8]
    ) throws(CryptoRefusal) -> Secret { throw .unsupported }
    static func isValidPublicKey(_: KeyAgreementAlgorithm, _: [UInt8]) -> Bool { false }
    static func generateSignatureKey(
        _: SignatureAlgorithm,
        using: inout some Randomness
    ) throws(CryptoRefusal) -> Secret { throw .unsupported }
    static func publicKey(_: SignatureAlgorithm, of: Secret) throws(CryptoRefusal) -> [UInt8] { throw .unsupported }
    static func sign(_: SignatureAlgorithm, privateKey: Secret, _: [UInt8]) throws(CryptoRefusal) -> [UInt8] {
        throw .unsupported
    }
    static func verify(_: SignatureAlgorithm, publicKey: [UInt8], signature: [UInt8], _: [UInt8]) -> Bool { false }

    private static func sum(_ bytes: [UInt8]) -> UInt8 { bytes.reduce(0, &+) }
}

fuzz { input in
    let bytes = [UInt8](input)
    guard let first = bytes.first, let suite = SFrameSuite(rawValue: UInt16(first % 5) + 1) else { return }
    guard var ring = try? KeyRing<ToyCrypto>(suite: suite, epochBits: 2, ownLeaf: 1, origin: .fresh) else { return }
    for epoch in UInt64(1)...3 {
        try? ring.addEpoch(
            epoch,
            leafWidth: 3,
            baseKey: Secret([UInt8](repeating: 7, count: suite.keyLength))
        )
    }
    // Frames one after another, each with a byte of length before it.
    var reader = ByteReader(bytes.dropFirst())
    while let length = reader.readUInt8(), let slice = reader.read(count: Int(length)) {
        let frame = Array(slice)
        guard let opened = try? ring.open(frame) else { continue }
        // What opened has the one spelling of its header, and is known when it comes again.
        var again = ByteReader(frame)
        guard let header = try? SFrameHeader(reading: &again) else { preconditionFailure("opened without a header") }
        precondition(header.encoded == Array(frame.prefix(frame.count - again.remaining)))
        precondition(opened.origin.sender < 3 && opened.origin.sender != 1)
        guard let second = try? ring.open(frame) else { preconditionFailure("an exact repeat was refused") }
        precondition(second.origin.isRepeat)
    }
    // Any bytes as a snapshot, and a true one.
    _ = try? KeyRing<ToyCrypto>(restoring: Secret(bytes.dropFirst()))
    guard let restored = try? KeyRing<ToyCrypto>(restoring: ring.snapshot()) else {
        preconditionFailure("our own snapshot was refused")
    }
    precondition(restored.heldEpochs == ring.heldEpochs)
}
