// SPDX-License-Identifier: Apache-2.0

import Base
import Governance
import NativeCrypto
import SealingSupport
import Testing

@testable import Sealing

/// Where he had no access, colleagues helped. Everybody who may not decide helps here: the administrator, the database's owner, and as many
/// custodians as are too few, with their keys.
@Suite("RT-22: everybody helps")
struct RT22EverybodyHelpsTests {
    /// The shares that these custodians' keys open.
    private func opened(_ vault: Vault, _ names: [String], _ field: Name) throws -> [(place: UInt8, share: Secret)] {
        try names.map { name in
            let file = try #require(vault.shares.first { $0.seat.text == name })
            let sealed = try #require(file.shares.first { $0.field == field }?.share)
            let info = SealedShares.info(vault.id, file.place, file.seat, field)
            return (file.place, try sealed.open(with: vault.keyPair(name), info: info, crypto: NativeCrypto.self))
        }
    }

    @Test("two custodians' shares, with all that the node has, give nothing; the third makes the difference")
    func two() throws {
        let vault = try Vault()
        for field in vault.record.fields {
            let context = vault.record.context(of: field.name)
            for names in subsets(of: Vault.custodians, size: 2) {
                let shares = try opened(vault, names, field.name)
                #expect(SecretSharing.combine(shares) == nil)
                // Whatever they take for the third one: the public commitment says that it is wrong, and nothing about what is right.
                let third = try #require(SecretSharing.places.first { place in !shares.contains { $0.place == place } })
                for byte in [0, 1, 255] as [UInt8] {
                    let guess = Secret([UInt8](repeating: byte, count: 32))
                    let secret = try #require(SecretSharing.combine(shares + [(third, guess)]))
                    let found = FieldSecret<NativeCrypto>(secret, context)
                    #expect(try found.commitment() != field.commitment)
                    #expect(throws: CryptoRefusal.authenticationFailed) { try found.open(field.ciphertext) }
                }
            }
            for names in subsets(of: Vault.custodians, size: 3) {
                let secret = try #require(SecretSharing.combine(try opened(vault, names, field.name)))
                let found = FieldSecret<NativeCrypto>(secret, context)
                #expect(try found.commitment() == field.commitment)
            }
        }
    }

    @Test("what one record's custodians opened opens no other record")
    func separate() throws {
        let (vault, other) = (try Vault(), try Vault(seed: 78))
        let field = vault.record.fields[0]
        let secret = try #require(
            SecretSharing.combine(try opened(vault, ["cleo", "dora", "emil"], field.name))
        )
        for place in other.record.fields.indices {
            let name = other.record.fields[place].name
            let found = FieldSecret<NativeCrypto>(secret, other.record.context(of: name))
            #expect(throws: CryptoRefusal.authenticationFailed) {
                try found.open(other.record.fields[place].ciphertext)
            }
        }
    }
}
