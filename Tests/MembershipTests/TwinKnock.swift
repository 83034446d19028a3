// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport

@testable import MLS
@testable import Membership

/// A knock whose key package is sound by itself and has the same encryption key as another one.
struct TwinKnock {
    let sealed: NodeMessage.SealedKnock

    init(of other: KeyPackage, link: LinkKeys, card: Card) throws {
        let suite = try CryptoSuite<NativeCrypto>(.x25519AES128GCM)
        var randomness = SeededRandomness(seed: 60)
        let key = try suite.generateSignatureKey(using: &randomness)
        let participant = ParticipantID(signatureKey: key.publicKey, with: NativeCrypto.self)
        var keyPackage = other
        keyPackage.initKey = try suite.generateKeyPair(using: &randomness).publicKey
        keyPackage.leafNode.signatureKey = key.publicKey
        keyPackage.leafNode.credential = participant.credential
        try keyPackage.leafNode.sign(suite, privateKey: key.privateKey, groupID: [], leaf: LeafIndex(0))
        try keyPackage.sign(suite, privateKey: key.privateKey)
        let statement = try Statement(
            by: key,
            version: 1,
            name: Array("Twin".utf8),
            flags: [],
            directKey: keyPackage.initKey,
            cardHash: card.hash(with: NativeCrypto.self),
            suite
        )
        let knock = Knock(keyPackage: keyPackage, statement: statement)
        sealed = NodeMessage.SealedKnock(
            participant: participant,
            alias: Array(link.alias.text.utf8),
            knock: try link.seal(knock.encoded, for: .knock, with: NativeCrypto.self, using: &randomness).bytes
        )
    }
}
