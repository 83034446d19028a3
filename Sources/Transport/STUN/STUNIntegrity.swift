// SPDX-License-Identifier: Apache-2.0

import Base
import COpenSSL

/// MESSAGE-INTEGRITY: HMAC-SHA1 over the message up to the attribute, with the length field as if the message ended
/// right behind it (RFC 8489 §14.5).
enum STUNIntegrity {
    static let length = 20

    /// - Parameter message: the bytes before the attribute, header included.
    static func code(for message: ArraySlice<UInt8>, key: Secret) -> [UInt8] {
        var covered = Array(message)
        let stated = covered.count - STUNMessage.headerLength + 4 + length
        covered[2] = UInt8(truncatingIfNeeded: stated >> 8)
        covered[3] = UInt8(truncatingIfNeeded: stated)
        var code = [UInt8](repeating: 0, count: length)
        var written: UInt32 = 0
        key.withBytes { key in
            _ = HMAC(
                EVP_sha1(),
                key.baseAddress,
                Int32(truncatingIfNeeded: key.count),
                covered,
                covered.count,
                &code,
                &written
            )
        }
        return code
    }

    static func verify(_ code: ArraySlice<UInt8>, for message: ArraySlice<UInt8>, key: Secret) -> Bool {
        let expected = self.code(for: message, key: key)
        guard code.count == expected.count else { return false }
        // Constant time: how many leading bytes agree must not show.
        var difference: UInt8 = 0
        for (one, other) in zip(code, expected) { difference |= one ^ other }
        return difference == 0
    }
}
