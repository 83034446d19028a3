// SPDX-License-Identifier: Apache-2.0

package import Base

/// A key and nonce for one message.
package struct RatchetKey: Sendable {
    package var key: Secret
    package var nonce: Secret

    /// The nonce with the reuse guard over its first four bytes (RFC 9420 §6.3.1).
    func nonce(guardedBy reuseGuard: UInt32) -> [UInt8] {
        var bytes = nonce.withBytes { Array($0) }
        let mask = reuseGuard.encoded
        for index in 0..<min(4, bytes.count) { bytes[index] ^= mask[index] }
        return bytes
    }
}
