// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

struct WelcomeVector: MLSVector {
    var cipher_suite: UInt16
    var init_priv: HexBytes
    var signer_pub: HexBytes
    var key_package: HexBytes
    var welcome: HexBytes

    init(_ entry: VectorEntry) throws(VectorFailure) {
        cipher_suite = try entry.number("cipher_suite")
        init_priv = try entry.hex("init_priv")
        signer_pub = try entry.hex("signer_pub")
        key_package = try entry.hex("key_package")
        welcome = try entry.hex("welcome")
    }

    var suiteNumber: UInt16? { cipher_suite }

    func verify(_ check: VectorCheck) throws(MLSRefusal) {
        let suite = try suite()
        guard case .keyPackage(let keyPackage) = try key_package.decoded(MLSMessage.self),
            case .welcome(let welcome) = try welcome.decoded(MLSMessage.self)
        else { return check.fail("other messages than named") }
        let initKeyPair = try suite.keyPair(privateKey: suite.encryptionKey(init_priv))
        let secrets = try welcome.groupSecrets(suite, for: keyPackage, initKeyPair: initKeyPair)
        let zeros = Secret.zeros(suite.secretLength)
        let info = try welcome.groupInfo(suite, joinerSecret: secrets.joinerSecret, pskSecret: zeros)
        check.expect(info.hasValidSignature(suite, publicKey: signer_pub.bytes), "signature")
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
        check.expect(isConfirmed, "confirmation_tag")
    }
}
