// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// An ES256 passkey of a seat, and where it may be used.
public struct Credential: Hashable, Sendable {
    /// As the browser writes it into clientDataJSON (WebAuthn L3 §5.8.1). Its host is the RP ID.
    public let origin: [UInt8]
    /// `approve.…`: approvals have an RP ID of their own, so that no login can be mistaken for one.
    public let rpID: [UInt8]
    /// 16 to 1,023 bytes (WebAuthn L3 §4, Credential ID).
    public let id: [UInt8]
    /// An uncompressed point of P-256: 65 bytes.
    public let publicKey: [UInt8]
    /// Which model of authenticator it was said to be at enrolment: 16 bytes.
    public let aaguid: [UInt8]

    public init(origin: [UInt8], rpID: [UInt8], id: [UInt8], publicKey: [UInt8], aaguid: [UInt8]) {
        self.origin = origin
        self.rpID = rpID
        self.id = id
        self.publicKey = publicKey
        self.aaguid = aaguid
    }

    static let idLengths = 16...1_023

    /// `https://approve.example`, or `http://approve.localhost:8443` on the officer's own machine; nothing after the port.
    static func isOrigin(_ origin: ArraySlice<UInt8>, of rpID: ArraySlice<UInt8>) -> Bool {
        guard isRPID(rpID) else { return false }
        let host: ArraySlice<UInt8>
        if let rest = origin.dropping("https://") {
            host = rest
        } else if let rest = origin.dropping("http://"), isLocal(rpID) {
            host = rest
        } else {
            return false
        }
        guard host.starts(with: rpID) else { return false }
        let after = host.dropFirst(rpID.count)
        guard let colon = after.first else { return true }
        guard colon == UInt8(ascii: ":"), let port = Decimal.parse(after.dropFirst()) else { return false }
        return 1...65_535 ~= port
    }

    static func isRPID(_ rpID: ArraySlice<UInt8>) -> Bool {
        guard let rest = rpID.dropping("approve."), rpID.count <= 253 else { return false }
        for label in rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard 1...63 ~= label.count, label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-"),
                label.allSatisfy({ isLabel($0) })
            else { return false }
        }
        return true
    }

    private static func isLabel(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// `localhost` and what is below it is this machine (RFC 6761 §6.3), a secure context without TLS.
    private static func isLocal(_ rpID: ArraySlice<UInt8>) -> Bool {
        let ending: StaticString = ".localhost"
        return rpID.suffix(ending.utf8CodeUnitCount).isWord(ending)
    }
}
