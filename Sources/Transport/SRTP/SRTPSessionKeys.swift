// SPDX-License-Identifier: Apache-2.0

import Base
import COpenSSL
import COpenSSLShims

/// The session keys for RTP or RTCP under one master key (RFC 3711 §4.3, RFC 7714 §11; key derivation rate 0).
///
/// ```
/// label  RTP  RTCP
/// key      0     3      16 bytes
/// auth     1     4      20 bytes, AES-CM only
/// salt     2     5      14 bytes, GCM 12
/// ```
struct SRTPSessionKeys: ~Copyable {
    enum Kind: UInt8 {
        case rtp = 0
        case rtcp = 3
    }

    private let storage: UnsafeMutablePointer<UInt8>

    private static let keyLength = 16
    private static let authenticationKeyLength = 20
    private static let blockLength = 16
    private static let saltOffset = keyLength + authenticationKeyLength
    private static let storageLength = saltOffset + blockLength

    static func derive(_ kind: Kind, profile: SRTPProfile, keys: SRTPKeys) throws(SRTPError) -> SRTPSessionKeys {
        guard keys.masterKey.count == profile.keyLength, keys.masterSalt.count == profile.saltLength
        else { throw .wrongKeyLength }
        let derived = SRTPSessionKeys()
        guard derived.fill(kind, profile: profile, keys: keys) else { throw .libraryFailure }
        return derived
    }

    /// Session keys as a test vector gives them; what is too long is cut off.
    static func given(key: [UInt8], authenticationKey: [UInt8], salt: [UInt8]) -> SRTPSessionKeys {
        let given = SRTPSessionKeys()
        for (index, byte) in key.prefix(Self.keyLength).enumerated() { given.key[index] = byte }
        for (index, byte) in authenticationKey.prefix(Self.authenticationKeyLength).enumerated() {
            given.authenticationKey[index] = byte
        }
        for (index, byte) in salt.prefix(Self.blockLength).enumerated() { given.salt[index] = byte }
        return given
    }

    private func fill(_ kind: Kind, profile: SRTPProfile, keys: SRTPKeys) -> Bool {
        // Shorter salts are padded with zeros on the right, to 14 bytes and two more of counter.
        let salted = keys.masterSalt.withBytes { Array($0) + Array(repeating: 0, count: Self.blockLength - $0.count) }
        let outputs = [
            (key, Self.keyLength), (authenticationKey, Self.authenticationKeyLength), (salt, profile.saltLength),
        ]
        return keys.masterKey.withBytes { master in
            guard let master = master.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
            for (label, output) in outputs.enumerated() {
                var block = salted
                block[7] ^= kind.rawValue + UInt8(label)
                guard vigil_srtp_derive(master, block, output.0, output.1) == 1 else { return false }
            }
            return true
        }
    }

    private init() {
        storage = .allocate(capacity: Self.storageLength)
        storage.initialize(repeating: 0, count: Self.storageLength)
    }

    deinit {
        OPENSSL_cleanse(storage, Self.storageLength)
        storage.deallocate()
    }

    var key: UnsafeMutablePointer<UInt8> { storage }
    var authenticationKey: UnsafeMutablePointer<UInt8> { storage + Self.keyLength }
    private var salt: UnsafeMutablePointer<UInt8> { storage + Self.saltOffset }

    /// The session salt, left in a block of 16 bytes, as two words.
    var saltBlock: (high: UInt64, low: UInt64) {
        let block = UnsafeRawPointer(salt)
        return (
            UInt64(bigEndian: block.loadUnaligned(as: UInt64.self)),
            UInt64(bigEndian: block.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }
}
