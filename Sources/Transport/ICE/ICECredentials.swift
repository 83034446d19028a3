// SPDX-License-Identifier: Apache-2.0

public import Base

/// One side's username fragment and password (RFC 8445 §5.3), made anew for each ICE generation.
public struct ICECredentials: Sendable {
    public let ufrag: String
    public let password: Secret

    /// `nil` unless both are of the length and alphabet of RFC 8839 §5.4: ufrag 4…256, password 22…256 `ice-char`s.
    public init?(ufrag: String, password: String) {
        guard 4...256 ~= ufrag.utf8.count, 22...256 ~= password.utf8.count,
            ufrag.utf8.allSatisfy(Self.isICECharacter), password.utf8.allSatisfy(Self.isICECharacter)
        else { return nil }
        self.ufrag = ufrag
        self.password = Secret(password.utf8)
    }

    private init(madeUfrag ufrag: String, password: Secret) {
        self.ufrag = ufrag
        self.password = password
    }

    /// 48 bits of ufrag and 144 bits of password.
    public static func make(using randomness: inout some Randomness) -> ICECredentials {
        let ufrag = String(decoding: characters(8, using: &randomness), as: UTF8.self)
        return ICECredentials(madeUfrag: ufrag, password: Secret(characters(24, using: &randomness)))
    }

    /// The password as SDP carries it (`a=ice-pwd`).
    public var passwordText: String {
        password.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private static func characters(_ count: Int, using randomness: inout some Randomness) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        return randomness.bytes(count).map { alphabet[Int($0 & 63)] }
    }

    private static func isICECharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
