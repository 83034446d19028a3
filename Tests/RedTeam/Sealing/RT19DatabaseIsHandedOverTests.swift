// SPDX-License-Identifier: Apache-2.0

import Accounts
import Base
import NativeCrypto
import SealingSupport
import TestSupport
import Testing

@testable import Sealing

/// Addresses and names of users were looked up with staff credentials and handed over.
@Suite("RT-19: the database is handed over")
struct RT19DatabaseIsHandedOverTests {
    @Test("nothing in it can be read, by no key that the operator could have")
    func dump() throws {
        let vault = try Vault()
        #expect(!vault.isLegible(in: vault.database))
        // The sweep sees what is there.
        #expect(vault.isLegible(in: vault.database + [Array("x ada@example.net y".utf8)]))
        var randomness = SeededRandomness(seed: 1)
        for _ in 0..<20 {
            let guess = AccountSecret(using: &randomness)
            #expect(throws: CryptoRefusal.authenticationFailed) {
                try vault.record.open(by: guess, with: NativeCrypto.self)
            }
        }
        for shares in vault.shares {
            for guess in [vault.recipient, try vault.keyPair(Vault.spare)] {
                for (field, sealed) in shares.shares {
                    let info = SealedShares.info(vault.id, shares.place, shares.seat, field)
                    #expect(throws: CryptoRefusal.authenticationFailed) {
                        try sealed.open(with: guess, info: info, crypto: NativeCrypto.self)
                    }
                }
            }
        }
    }

    @Test("a record says what fields it has, whose it is and until when; nothing else")
    func fields() throws {
        let vault = try Vault()
        let keys = Set(
            String(decoding: vault.record.text, as: UTF8.self).split(separator: "\n")
                .compactMap { $0.split(separator: " ").first.map(String.init) }
        )
        #expect(
            keys == [
                "vigil-sealed-record/v1", "genesis", "charter", "owner", "salt", "sealed", "until", "custodian",
                "field", "commitment", "ciphertext", "share-hash", "signature",
            ]
        )
    }
}
