// SPDX-License-Identifier: Apache-2.0

import Base

/// The head of what an authenticator signs (WebAuthn L3 §6.1): `rpIdHash[32] flags[1] signCount[4]`.
struct AuthenticatorData {
    let rpIDHash: [UInt8]
    let flags: UInt8
    /// A hint for people: a cloned key may show in it, and many authenticators leave it at zero. It decides nothing.
    let signCount: UInt32

    static let userPresent: UInt8 = 0x01
    static let userVerified: UInt8 = 0x04
    static let backupEligible: UInt8 = 0x08
    static let backedUp: UInt8 = 0x10
    static let attestedData: UInt8 = 0x40
    static let extensionData: UInt8 = 0x80

    init(parsing bytes: [UInt8]) throws(AssertionRefusal) {
        var reader = ByteReader(bytes)
        guard let hash = reader.read(count: 32), let flags = reader.readUInt8(), let count = reader.readUInt32() else {
            throw .authenticatorDataLength
        }
        guard flags & Self.attestedData == 0 else { throw .attestedData }
        guard flags & Self.extensionData == 0 else { throw .extensionData }
        guard reader.isAtEnd else { throw .authenticatorDataLength }
        rpIDHash = Array(hash)
        self.flags = flags
        signCount = count
    }
}
