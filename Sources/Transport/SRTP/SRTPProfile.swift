// SPDX-License-Identifier: Apache-2.0

/// A DTLS-SRTP protection profile by its number in `use_srtp` (RFC 5764 §4.1.2, RFC 7714 §14.2). Lengths are in bytes.
public enum SRTPProfile: UInt16, Sendable, CaseIterable {
    case aes128CMHMACSHA1_80 = 1
    case aeadAES128GCM = 7

    /// What we offer, best first.
    public static let preferred: [SRTPProfile] = [.aeadAES128GCM, .aes128CMHMACSHA1_80]

    public var keyLength: Int { 16 }

    /// Of the master salt and of the session salts derived from it.
    public var saltLength: Int {
        switch self {
        case .aes128CMHMACSHA1_80: 14
        case .aeadAES128GCM: 12
        }
    }

    /// What sealing adds to an RTP packet.
    public var tagLength: Int {
        switch self {
        case .aes128CMHMACSHA1_80: 10
        case .aeadAES128GCM: 16
        }
    }

    /// What sealing adds to an RTCP packet besides the four bytes of E flag and index.
    public var rtcpTagLength: Int { tagLength }

    /// OpenSSL's name for it.
    var openSSLName: String {
        switch self {
        case .aes128CMHMACSHA1_80: "SRTP_AES128_CM_SHA1_80"
        case .aeadAES128GCM: "SRTP_AEAD_AES_128_GCM"
        }
    }
}
