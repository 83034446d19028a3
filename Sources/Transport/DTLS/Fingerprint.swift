// SPDX-License-Identifier: Apache-2.0

/// The SHA-256 hash of a certificate in DER form, by which SDP binds a DTLS peer (RFC 8122 §5).
///
/// Other hash algorithms are not understood: every WebRTC endpoint sends sha-256.
public struct Fingerprint: Hashable, Sendable {
    public static let length = 32

    /// 32 bytes.
    public let bytes: [UInt8]

    /// `nil` unless there are exactly 32 bytes.
    public init?(sha256 bytes: some Collection<UInt8>) {
        guard bytes.count == Fingerprint.length else { return nil }
        self.bytes = Array(bytes)
    }

    /// Reads the value of an `a=fingerprint` attribute, `sha-256 AB:CD:…`, in either case; `nil` for anything else.
    public init?(sdp text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: true)
        guard parts.count == 2, String(decoding: parts[0], as: UTF8.self).lowercased() == "sha-256" else { return nil }
        let digits = Array(parts[1])
        guard digits.count == Fingerprint.length * 3 - 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Fingerprint.length)
        for index in 0..<Fingerprint.length {
            guard let high = Fingerprint.value(digits[index * 3]), let low = Fingerprint.value(digits[index * 3 + 1])
            else { return nil }
            guard index == Fingerprint.length - 1 || digits[index * 3 + 2] == UInt8(ascii: ":") else { return nil }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    /// The value of an `a=fingerprint` attribute: `sha-256` and upper-case pairs joined by colons.
    public var sdp: String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text = Array("sha-256 ".utf8)
        for (index, byte) in bytes.enumerated() {
            if index > 0 { text.append(UInt8(ascii: ":")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
