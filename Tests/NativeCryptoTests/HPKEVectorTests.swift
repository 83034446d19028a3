// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import NativeCrypto
import TestSupport
import Testing

@Suite("HPKE, RFC 9180 vectors")
struct HPKEVectorTests {
    private struct Group: Decodable {
        struct Encryption: Decodable {
            var aad: String
            var ct: String
            var pt: String
        }
        struct Export: Decodable {
            var exporter_context: String
            var L: Int
            var exported_value: String
        }
        var mode: Int
        var kem_id: UInt16
        var kdf_id: Int
        var aead_id: Int
        var info: String
        var ikmR: String
        var ikmE: String
        var pkRm: String
        var enc: String
        var psk: String?
        var psk_id: String?
        var encryptions: [Encryption]
        var exports: [Export]
    }

    @Test("every group of modes base and psk agrees, sealing, opening and exporting")
    func vectors() throws {
        guard let packed = Vectors.path("hpke/vectors_rfc9180_5f503c5.json.gz") else { return }
        let groups = try JSONDecoder().decode([Group].self, from: Gunzip.read(packed))
        var passed = 0
        var outOfScope = 0
        for group in groups {
            // Not ours: modes auth and auth_psk, X448, export-only.
            guard group.mode < 2, let kem = HPKEKEM(identifier: group.kem_id), group.aead_id <= 3 else {
                outOfScope += 1
                continue
            }
            let kdf: HashAlgorithm = [1: .sha256, 2: .sha384, 3: .sha512][group.kdf_id]!
            let aead: AEADAlgorithm = [1: .aes128GCM, 2: .aes256GCM, 3: .chaCha20Poly1305][group.aead_id]!
            let hpke = HPKE<NativeCrypto>(HPKESuite(kem: kem, kdf: kdf, aead: aead))
            let receiver = try hpke.deriveKeyPair(Secret(Hex.bytes(group.ikmR)))
            #expect(receiver.publicKey == Hex.bytes(group.pkRm))
            let ephemeral = try hpke.deriveKeyPair(Secret(Hex.bytes(group.ikmE)))
            let psk = Secret(Hex.bytes(group.psk ?? ""))
            let pskID = Hex.bytes(group.psk_id ?? "")
            var (encapsulation, sender) = try hpke.setUpSender(
                to: receiver.publicKey,
                info: Hex.bytes(group.info),
                psk: psk,
                pskID: pskID,
                ephemeral: ephemeral
            )
            #expect(encapsulation == Hex.bytes(group.enc))
            var context = try hpke.setUpReceiver(
                encapsulation: encapsulation,
                keyPair: receiver,
                info: Hex.bytes(group.info),
                psk: psk,
                pskID: pskID
            )
            for encryption in group.encryptions {
                let aad = Hex.bytes(encryption.aad)
                let sealed = try sender.seal(Hex.bytes(encryption.pt), additionalData: aad)
                #expect(sealed == Hex.bytes(encryption.ct))
                #expect(try context.open(sealed, additionalData: aad) == Hex.bytes(encryption.pt))
            }
            for export in group.exports {
                let value = try context.export(context: Hex.bytes(export.exporter_context), length: export.L)
                #expect(value.withBytes { Array($0) } == Hex.bytes(export.exported_value))
            }
            passed += 1
        }
        print("hpke: \(passed) groups passed, 0 failed, \(outOfScope) out of scope (auth modes, X448, export-only)")
        #expect(passed > 30)
    }

    @Test("a changed byte anywhere in ciphertext or encapsulation is refused")
    func refusals() throws {
        var randomness = SeededRandomness(seed: 1)
        let hpke = HPKE<NativeCrypto>(HPKESuite(kem: .dhkemX25519SHA256, kdf: .sha256, aead: .aes128GCM))
        let pair = try hpke.generateKeyPair(using: &randomness)
        let sealed = try hpke.seal(
            to: pair.publicKey,
            info: [1],
            additionalData: [2],
            plaintext: [3, 4],
            using: &randomness
        )
        for index in sealed.ciphertext.indices {
            var changed = sealed.ciphertext
            changed[index] ^= 1
            #expect(throws: CryptoRefusal.authenticationFailed) {
                try hpke.open(
                    encapsulation: sealed.encapsulation,
                    keyPair: pair,
                    info: [1],
                    additionalData: [2],
                    ciphertext: changed
                )
            }
        }
        #expect(throws: CryptoRefusal.invalidSharedSecret) {
            try hpke.open(
                encapsulation: [UInt8](repeating: 0, count: 32),
                keyPair: pair,
                info: [1],
                additionalData: [2],
                ciphertext: sealed.ciphertext
            )
        }
    }
}
