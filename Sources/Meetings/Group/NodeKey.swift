// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import Membership

/// The node's own signature key for one room: with it the node asks the members to remove who is lost (RFC 9420
/// §12.1.8.1). It can ask for nothing else that members would commit.
struct NodeKey<Crypto: CryptoProvider>: Sendable {
    let pair: SignatureKeyPair

    init(using randomness: inout some Randomness) throws(CryptoRefusal) {
        let key = try Crypto.generateSignatureKey(.ed25519, using: &randomness)
        pair = SignatureKeyPair(privateKey: key, publicKey: try Crypto.publicKey(.ed25519, of: key))
    }

    /// How the room's group has to list it.
    var sender: ExternalSender {
        ExternalSender(signatureKey: pair.publicKey, credential: MeetingRules<Crypto>.nodeCredential)
    }

    /// As the first external sender, which ``Founding`` has made sure of.
    func removal(of leaf: LeafIndex, from group: PublicGroup<Crypto>) throws(MLSRefusal) -> MLSMessage {
        try ExternalProposal.propose(
            group.suite,
            .remove(leaf),
            groupID: group.groupID,
            epoch: group.epoch,
            index: 0,
            signatureKey: pair
        )
    }
}
