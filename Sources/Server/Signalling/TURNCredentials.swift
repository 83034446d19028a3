// SPDX-License-Identifier: Apache-2.0

import Base
import COpenSSL
import Foundation
import Meetings

/// Names and passwords for a TURN server that end by themselves: "A REST API for access to TURN services"
/// (draft-uberti-behave-turn-rest-00), coturn's `use-auth-secret`.
///
/// The name is the moment of its end and nothing else, so the TURN server learns nobody's identity from it.
struct TURNCredentials: Sendable {
    /// Longer than meetings last: a name is checked again whenever the client makes a new allocation.
    static let life = 24 * 3_600

    let settings: TURNSettings
    /// Seconds since 1970.
    var wallClock: @Sendable () -> Int = { Int(Date().timeIntervalSince1970) }

    func fresh() -> ICEServer {
        let username = String(wallClock() + TURNCredentials.life)
        let password = settings.secret.withBytes { TURNCredentials.hmacSHA1(key: $0, Array(username.utf8)) }
        return ICEServer(
            urls: settings.urls,
            username: username,
            credential: Data(password).base64EncodedString()
        )
    }

    private static func hmacSHA1(key: UnsafeRawBufferPointer, _ message: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 20)
        var length: UInt32 = 0
        HMAC(EVP_sha1(), key.baseAddress, Int32(clamping: key.count), message, message.count, &code, &length)
        return code
    }
}
