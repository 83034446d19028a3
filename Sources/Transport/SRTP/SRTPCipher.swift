// SPDX-License-Identifier: Apache-2.0

import COpenSSLShims

/// One direction's session keys at work on RTP or on RTCP: everything but choosing indices and remembering them.
///
/// Both profiles take an index of up to 48 bits (roll-over counter and sequence number in RTP, 31 bits in RTCP), which
/// goes into the initialisation vector in the same way for both (RFC 3711 §4.1.1, RFC 7714 §8.1 and §9.1):
/// ```
///          0   1   2   3   4   5   6   7   8   9  10  11  12  13  14  15
/// GCM      0   0 |     SSRC      |         index         |
/// AES-CM   0   0   0   0 |     SSRC      |         index         | counter      each XOR session salt
/// ```
struct SRTPCipher: ~Copyable {
    let profile: SRTPProfile
    private let cipher: OpaquePointer
    private let saltHigh: UInt64
    private let saltLow: UInt64

    /// What of an RTCP packet stays in the clear: the header of the first in the compound.
    static let rtcpHeaderLength = 8
    /// E flag and index.
    static let rtcpTrailerLength = 4

    init(profile: SRTPProfile, keys: borrowing SRTPSessionKeys, isSealing: Bool) throws(SRTPError) {
        let made =
            switch profile {
            case .aeadAES128GCM: vigil_srtp_make_gcm(keys.key, isSealing ? 1 : 0)
            case .aes128CMHMACSHA1_80: vigil_srtp_make_ctr(keys.key, keys.authenticationKey, isSealing ? 1 : 0)
            }
        guard let made else { throw .libraryFailure }
        self.profile = profile
        cipher = made
        (saltHigh, saltLow) = keys.saltBlock
    }

    deinit {
        vigil_srtp_free(cipher)
    }

    @inline(__always)
    private func gcmVector(ssrc: UInt32, index: UInt64) -> (high: UInt64, low: UInt64) {
        (saltHigh ^ (UInt64(ssrc) << 16 | index >> 32), saltLow ^ (index << 32))
    }

    @inline(__always)
    private func counterVector(ssrc: UInt32, index: UInt64) -> (high: UInt64, low: UInt64) {
        (saltHigh ^ UInt64(ssrc), saltLow ^ (index << 16))
    }
}

// MARK: - RTP

extension SRTPCipher {
    /// Seals the payload behind the header and appends the tag, or checks the tag and opens the payload, whichever the
    /// cipher was made for. `length` is without the tag, for which there is room behind it.
    func process(
        _ packet: UnsafeMutablePointer<UInt8>,
        length: Int,
        headerLength: Int,
        ssrc: UInt32,
        index: UInt64
    ) -> Bool {
        let textLength = length &- headerLength
        switch profile {
        case .aeadAES128GCM:
            let vector = gcmVector(ssrc: ssrc, index: index)
            return vigil_srtp_gcm(
                cipher,
                vector.high,
                vector.low,
                packet,
                headerLength,
                nil,
                0,
                packet + headerLength,
                textLength,
                packet + length
            ) == 1
        case .aes128CMHMACSHA1_80:
            let vector = counterVector(ssrc: ssrc, index: index)
            let rolloverCounter = UInt32(truncatingIfNeeded: index >> 16)
            return vigil_srtp_ctr(
                cipher,
                vector.high,
                vector.low,
                packet,
                length,
                1,
                rolloverCounter,
                packet + headerLength,
                textLength,
                packet + length
            ) == 1
        }
    }
}

// MARK: - RTCP

extension SRTPCipher {
    /// The same for a compound RTCP packet, of which `clear` bytes stay as they are. `length` is without trailer and tag.
    func processRTCP(
        _ packet: UnsafeMutablePointer<UInt8>,
        length: Int,
        clear: Int,
        ssrc: UInt32,
        index: UInt32
    ) -> Bool {
        let text = packet + clear
        let textLength = length &- clear
        let trailer = packet + rtcpTrailerOffset(length)
        switch profile {
        case .aeadAES128GCM:
            let vector = gcmVector(ssrc: ssrc, index: UInt64(index))
            return vigil_srtp_gcm(
                cipher,
                vector.high,
                vector.low,
                packet,
                clear,
                trailer,
                SRTPCipher.rtcpTrailerLength,
                text,
                textLength,
                packet + length
            ) == 1
        case .aes128CMHMACSHA1_80:
            let vector = counterVector(ssrc: ssrc, index: UInt64(index))
            let covered = length &+ SRTPCipher.rtcpTrailerLength
            return vigil_srtp_ctr(
                cipher,
                vector.high,
                vector.low,
                packet,
                covered,
                0,
                0,
                text,
                textLength,
                packet + covered
            ) == 1
        }
    }

    /// E flag and index of a sealed packet, of which `length` is without trailer and tag.
    func rtcpTrailer(_ packet: UnsafeMutableRawPointer, length: Int) -> (isEncrypted: Bool, index: UInt32) {
        let offset = rtcpTrailerOffset(length)
        let word = UInt32(bigEndian: packet.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        return (word & 0x8000_0000 != 0, word & 0x7FFF_FFFF)
    }

    /// Writes the trailer of a packet that is to be encrypted.
    func storeRTCPTrailer(_ packet: UnsafeMutableRawPointer, length: Int, index: UInt32) {
        let word = 0x8000_0000 | index
        packet.storeBytes(of: word.bigEndian, toByteOffset: rtcpTrailerOffset(length), as: UInt32.self)
    }

    /// RFC 3711 §3.4 puts the trailer before the tag, RFC 7714 §9.2 behind it.
    private func rtcpTrailerOffset(_ length: Int) -> Int {
        profile == .aeadAES128GCM ? length &+ profile.rtcpTagLength : length
    }
}
