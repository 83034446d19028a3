// SPDX-License-Identifier: Apache-2.0

import Base
import CPrimitives

/// What sealing and opening take besides the text, of lengths that fit the algorithm.
struct AEADCall {
    let key: Secret
    let nonce: [UInt8]
    let additionalData: [UInt8]

    init(
        _ algorithm: AEADAlgorithm,
        key: Secret,
        nonce: [UInt8],
        additionalData: [UInt8]
    ) throws(CryptoRefusal) {
        guard key.count == algorithm.keyLength else { throw .invalidKey }
        guard nonce.count == algorithm.nonceLength else { throw .invalidLength }
        self.key = key
        self.nonce = nonce
        self.additionalData = additionalData
    }

    fileprivate typealias Function = (
        UnsafeMutablePointer<UInt8>?, Int, UnsafePointer<UInt8>?, Int, UnsafePointer<UInt8>?, UnsafePointer<UInt8>?,
        Int,
        UnsafePointer<UInt8>?, Int
    ) -> Int32

    fileprivate static let tagLength = 16

    fileprivate func seal(_ plaintext: [UInt8], by function: Function) throws(CryptoRefusal) -> [UInt8] {
        guard let sealed = run(function, plaintext, plaintext.count + AEADCall.tagLength) else { throw .libraryFailure }
        return sealed
    }

    fileprivate func open(_ ciphertext: [UInt8], by function: Function) throws(CryptoRefusal) -> [UInt8] {
        guard ciphertext.count >= AEADCall.tagLength,
            let opened = run(function, ciphertext, ciphertext.count - AEADCall.tagLength)
        else { throw .authenticationFailed }
        return opened
    }

    private func run(_ function: Function, _ data: [UInt8], _ count: Int) -> [UInt8]? {
        var out = [UInt8](repeating: 0, count: count)
        let status = key.withBytes {
            function(
                &out,
                count,
                PortableCrypto.pointer($0),
                $0.count,
                nonce,
                data,
                data.count,
                additionalData,
                additionalData.count
            )
        }
        return status == 1 ? out : nil
    }
}

enum AESGCM {
    static func seal(_ plaintext: [UInt8], _ call: AEADCall) throws(CryptoRefusal) -> [UInt8] {
        try call.seal(plaintext, by: vp_aes_gcm_seal)
    }

    static func open(_ ciphertext: [UInt8], _ call: AEADCall) throws(CryptoRefusal) -> [UInt8] {
        try call.open(ciphertext, by: vp_aes_gcm_open)
    }
}

enum ChaChaPoly {
    static func seal(_ plaintext: [UInt8], _ call: AEADCall) throws(CryptoRefusal) -> [UInt8] {
        try call.seal(plaintext, by: vp_chacha_seal)
    }

    static func open(_ ciphertext: [UInt8], _ call: AEADCall) throws(CryptoRefusal) -> [UInt8] {
        try call.open(ciphertext, by: vp_chacha_open)
    }
}

enum AESCounter {
    static func crypt(_ data: [UInt8], key: Secret, counter: [UInt8]) throws(CryptoRefusal) -> [UInt8] {
        guard key.count == 16, counter.count == 16 else { throw .invalidLength }
        var out = [UInt8](repeating: 0, count: data.count)
        let status = key.withBytes { vp_aes128_ctr(&out, data, data.count, PortableCrypto.pointer($0), counter) }
        guard status == 1 else { throw .libraryFailure }
        return out
    }
}
