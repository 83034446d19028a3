// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct WelcomeVector: MLSVector {
    var cipher_suite: UInt16
    var init_priv: HexBytes
    var signer_pub: HexBytes
    var key_package: HexBytes
    var welcome: HexBytes

    var suiteNumber: UInt16? { cipher_suite }

    func verify() throws {
        let suite = try suite()
        guard case .keyPackage(let keyPackage) = try MLSMessage(decoding: key_package.bytes),
            case .welcome(let welcome) = try MLSMessage(decoding: welcome.bytes)
        else { throw VectorFailure("other messages than named") }
        let initKeyPair = try suite.keyPair(privateKey: suite.encryptionKey(init_priv))
        let secrets = try welcome.groupSecrets(suite, for: keyPackage, initKeyPair: initKeyPair)
        let zeros = Secret.zeros(suite.secretLength)
        let info = try welcome.groupInfo(suite, joinerSecret: secrets.joinerSecret, pskSecret: zeros)
        try VectorFailure.expect(info.hasValidSignature(suite, publicKey: signer_pub.bytes), "signature")
        let derived = try KeySchedule(suite).epoch(
            joinerSecret: secrets.joinerSecret,
            pskSecret: zeros,
            context: info.context
        )
        let isConfirmed = suite.isValidMAC(
            info.confirmationTag,
            key: derived.secrets.confirmation,
            info.context.confirmedTranscriptHash
        )
        try VectorFailure.expect(isConfirmed, "confirmation_tag")
    }
}
