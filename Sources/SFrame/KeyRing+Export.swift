// SPDX-License-Identifier: Apache-2.0

import Base

extension KeyRing {
    /// The key of one identifier in one epoch, for a cipher outside: WebCrypto imports it once, not to be read again.
    public func exportKey(epoch: UInt64, keyID: UInt64) throws(SFrameRefusal) -> SFrameKey {
        guard let keys = epochs[keyID & (1 << UInt64(epochBits) - 1)], keys.epoch == epoch else { throw .unknownKeyID }
        guard keys.layout.parts(of: keyID).sender < keys.layout.leafWidth else { throw .unknownKeyID }
        return try SFrameKey(deriving: suite, keyID: keyID, baseKey: keys.baseKey, with: Crypto.self)
    }
}
