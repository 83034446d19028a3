// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import Membership

/// A key package that is fit to be added, and whose it is. Only made by checking.
struct Newcomer<Crypto: CryptoProvider>: Sendable {
    let keyPackage: KeyPackage
    let participant: ParticipantID

    init?(_ bytes: [UInt8]) {
        guard case .keyPackage(let keyPackage)? = try? MessageIn(decoding: bytes).message,
            keyPackage.cipherSuite == .x25519AES128GCM,
            let suite = try? CryptoSuite<Crypto>(keyPackage.cipherSuite)
        else { return nil }
        let rules = MeetingRules<Crypto>(tree: nil, extensions: .none, card: nil)
        guard (try? keyPackage.verify(suite, rules: rules)) != nil else { return nil }
        self.keyPackage = keyPackage
        participant = ParticipantID(signatureKey: keyPackage.leafNode.signatureKey, with: Crypto.self)
    }

    func isHost(under policy: MeetingPolicy) -> Bool {
        Role(keyPackage.leafNode, under: policy, with: Crypto.self) == .host
    }
}
