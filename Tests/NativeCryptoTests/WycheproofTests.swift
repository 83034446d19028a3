// SPDX-License-Identifier: Apache-2.0

import Base
import Foundation
import NativeCrypto
import TestSupport
import Testing

@Suite("Wycheproof")
struct WycheproofTests {
    private struct File<Group: Decodable>: Decodable {
        var testGroups: [Group]
    }

    private static func groups<Group: Decodable>(_ name: String, of _: Group.Type) throws -> [Group]? {
        guard let data = Vectors.data("wycheproof/\(name)") else { return nil }
        return try JSONDecoder().decode(File<Group>.self, from: data).testGroups
    }

    private struct AEADGroup: Decodable {
        struct Vector: Decodable {
            var tcId: Int
            var key: String
            var iv: String
            var aad: String
            var msg: String
            var ct: String
            var tag: String
            var result: String
        }
        var ivSize: Int
        var keySize: Int
        var tagSize: Int
        var tests: [Vector]
    }

    @Test("AES-GCM seals to the same bytes, opens the valid and refuses the rest")
    func aesGCM() throws {
        guard let groups = try Self.groups("aes_gcm_test.json", of: AEADGroup.self) else { return }
        var tally = Tally("wycheproof/aes_gcm_test.json")
        for group in groups {
            for vector in group.tests {
                guard group.ivSize == 96 else {
                    tally.skip("nonce not of 12 bytes")
                    continue
                }
                guard group.tagSize == 128 else {
                    tally.skip("tag not of 16 bytes")
                    continue
                }
                guard group.keySize != 192 else {
                    tally.skip("AES-192")
                    continue
                }
                let algorithm: AEADAlgorithm = group.keySize == 128 ? .aes128GCM : .aes256GCM
                let (key, nonce) = (Secret(Hex.bytes(vector.key)), Hex.bytes(vector.iv))
                let (aad, message) = (Hex.bytes(vector.aad), Hex.bytes(vector.msg))
                let sealed = Hex.bytes(vector.ct) + Hex.bytes(vector.tag)
                let opened = try? NativeCrypto.open(
                    algorithm,
                    key: key,
                    nonce: nonce,
                    ciphertext: sealed,
                    additionalData: aad
                )
                if vector.result == "valid" {
                    let again = try NativeCrypto.seal(
                        algorithm,
                        key: key,
                        nonce: nonce,
                        plaintext: message,
                        additionalData: aad
                    )
                    tally.check(opened == message && again == sealed, vector.tcId)
                } else {
                    tally.check(opened == nil, vector.tcId)
                }
            }
        }
        tally.finish(atLeast: 100)
    }

    private struct VerifyGroup: Decodable {
        struct Key: Decodable {
            var pk: String?
            var uncompressed: String?
        }
        struct Vector: Decodable {
            var tcId: Int
            var msg: String
            var sig: String
            var result: String
        }
        var publicKey: Key
        var tests: [Vector]
    }

    @Test("Ed25519 accepts exactly the valid signatures")
    func ed25519() throws {
        guard let groups = try Self.groups("ed25519_test.json", of: VerifyGroup.self) else { return }
        var tally = Tally("wycheproof/ed25519_test.json")
        for group in groups {
            let key = Hex.bytes(try #require(group.publicKey.pk))
            for vector in group.tests {
                let accepted = NativeCrypto.verify(
                    .ed25519,
                    publicKey: key,
                    signature: Hex.bytes(vector.sig),
                    Hex.bytes(vector.msg)
                )
                tally.check(accepted == (vector.result == "valid"), vector.tcId)
            }
        }
        tally.finish(atLeast: 150)
    }

    @Test("ECDSA on P-256 accepts exactly the valid signatures, rewritten from P1363 to DER")
    func ecdsa() throws {
        let name = "ecdsa_secp256r1_sha256_p1363_test.json"
        guard let groups = try Self.groups(name, of: VerifyGroup.self) else { return }
        var tally = Tally("wycheproof/\(name)")
        for group in groups {
            let key = Hex.bytes(try #require(group.publicKey.uncompressed))
            for vector in group.tests {
                let signature = Hex.bytes(vector.sig)
                // P1363 is two numbers of 32 bytes; in DER the wrong lengths of these vectors can't be said.
                guard signature.count == 64 else {
                    tally.skip("no two numbers of 32 bytes")
                    continue
                }
                let accepted = NativeCrypto.verify(
                    .ecdsaP256SHA256,
                    publicKey: key,
                    signature: Self.der(signature),
                    Hex.bytes(vector.msg)
                )
                tally.check(accepted == (vector.result == "valid"), vector.tcId)
            }
        }
        tally.finish(atLeast: 200)
    }

    /// SEQUENCE of two INTEGERs (SEC 1 §C.5).
    private static func der(_ signature: [UInt8]) -> [UInt8] {
        func integer(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
            var digits = Array(bytes.drop { $0 == 0 })
            if digits.isEmpty || digits[0] >= 0x80 { digits.insert(0, at: 0) }
            return [0x02, UInt8(digits.count)] + digits
        }
        let body = integer(signature.prefix(32)) + integer(signature.suffix(32))
        return [0x30, UInt8(body.count)] + body
    }

    private struct AgreementGroup: Decodable {
        struct Vector: Decodable {
            var tcId: Int
            var `public`: String
            var `private`: String
            var shared: String
            var result: String
        }
        var tests: [Vector]
    }

    @Test("X25519 computes every shared secret, and refuses those that are all zeros")
    func x25519() throws {
        guard let groups = try Self.groups("x25519_test.json", of: AgreementGroup.self) else { return }
        var tally = Tally("wycheproof/x25519_test.json")
        for group in groups {
            for vector in group.tests {
                let expected = Hex.bytes(vector.shared)
                let shared = try? NativeCrypto.sharedSecret(
                    .x25519,
                    privateKey: Secret(Hex.bytes(vector.private)),
                    publicKey: Hex.bytes(vector.public)
                )
                let computed = shared.map { $0.withBytes { Array($0) } }
                // "acceptable": points on the twist, not canonical, of small order. RFC 9180 §7.1.4 refuses zeros only.
                let mayRefuse = vector.result != "valid" && expected.allSatisfy { $0 == 0 }
                tally.check(mayRefuse ? computed == nil : computed == expected, vector.tcId)
            }
        }
        tally.finish(atLeast: 500)
    }

    private struct HKDFGroup: Decodable {
        struct Vector: Decodable {
            var tcId: Int
            var ikm: String
            var salt: String
            var info: String
            var size: Int
            var okm: String
            var result: String
        }
        var tests: [Vector]
    }

    @Test("HKDF derives the same keys and refuses more than it can give")
    func hkdf() throws {
        guard let groups = try Self.groups("hkdf_sha256_test.json", of: HKDFGroup.self) else { return }
        var tally = Tally("wycheproof/hkdf_sha256_test.json")
        for group in groups {
            for vector in group.tests {
                let key = NativeCrypto.extract(
                    .sha256,
                    salt: Secret(Hex.bytes(vector.salt)),
                    inputKeyMaterial: Secret(Hex.bytes(vector.ikm))
                )
                let derived = try? NativeCrypto.expand(
                    .sha256,
                    pseudorandomKey: key,
                    info: Hex.bytes(vector.info),
                    length: vector.size
                )
                let bytes = derived.map { $0.withBytes { Array($0) } }
                tally.check(vector.result == "valid" ? bytes == Hex.bytes(vector.okm) : bytes == nil, vector.tcId)
            }
        }
        tally.finish(atLeast: 80)
    }

    private struct MACGroup: Decodable {
        struct Vector: Decodable {
            var tcId: Int
            var key: String
            var msg: String
            var tag: String
            var result: String
        }
        var tagSize: Int
        var tests: [Vector]
    }

    @Test("HMAC agrees where the tag is valid and nowhere else")
    func hmac() throws {
        guard let groups = try Self.groups("hmac_sha256_test.json", of: MACGroup.self) else { return }
        var tally = Tally("wycheproof/hmac_sha256_test.json")
        for group in groups {
            for vector in group.tests {
                let code = NativeCrypto.hmac(.sha256, key: Secret(Hex.bytes(vector.key)), Hex.bytes(vector.msg))
                let agrees = code.withBytes { Array($0.prefix(group.tagSize / 8)) } == Hex.bytes(vector.tag)
                tally.check(agrees == (vector.result == "valid"), vector.tcId)
            }
        }
        tally.finish(atLeast: 170)
    }
}
