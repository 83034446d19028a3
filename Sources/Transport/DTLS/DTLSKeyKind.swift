// SPDX-License-Identifier: Apache-2.0

/// What a certificate's key is. Ours is always P-256; RSA is there because peers may have it.
package enum DTLSKeyKind: Hashable, Sendable {
    case p256
    case rsa(bits: UInt32)
}
