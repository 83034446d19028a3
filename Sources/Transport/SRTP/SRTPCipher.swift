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
            case .aes128CMHMACSHA1_80: vigil_srtp_make_ctr(keys.key, keys.authenticationKey)
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
    /// Encrypts behind the header and appends the tag, for which the caller leaves room.
    func seal(
        _ packet: UnsafeMutablePointer<UInt8>,
        length: Int,
        headerLength: Int,
        ssrc: UInt32,
        index: UInt64
    ) -> Bool {
        let text = packet + headerLength
        let textLength = length &- headerLength
        let tag = packet + length
        switch profile {
        case .aeadAES128GCM:
            let vector = gcmVector(ssrc: ssrc, index: index)
            return vigil_srtp_gcm_seal(
                cipher,
                vector.high,
                vector.low,
                packet,
                headerLength,
                nil,
                0,
                text,
                textLength,
                tag
            ) == 1
        case .aes128CMHMACSHA1_80:
            let vector = counterVector(ssrc: ssrc, index: index)
            let rolloverCounter = UInt32(truncatingIfNeeded: index >> 16)
            return vigil_srtp_ctr_apply(cipher, vector.high, vector.low, text, textLength) == 1
                && vigil_srtp_write_tag(cipher, packet, length, 1, rolloverCounter, tag) == 1
        }
    }

    /// Verifies and decrypts; `length` is without the tag, which follows it.
    func open(
        _ packet: UnsafeMutablePointer<UInt8>,
        length: Int,
        headerLength: Int,
        ssrc: UInt32,
        index: UInt64
    ) -> Bool {
        let text = packet + headerLength
        let textLength = length &- headerLength
        let tag = packet + length
        switch profile {
        case .aeadAES128GCM:
            let vector = gcmVector(ssrc: ssrc, index: index)
            return vigil_srtp_gcm_open(
                cipher,
                vector.high,
                vector.low,
                packet,
                headerLength,
                nil,
                0,
                text,
                textLength,
                tag
            ) == 1
        case .aes128CMHMACSHA1_80:
            let vector = counterVector(ssrc: ssrc, index: index)
            let rolloverCounter = UInt32(truncatingIfNeeded: index >> 16)
            return vigil_srtp_check_tag(cipher, packet, length, 1, rolloverCounter, tag) == 1
                && vigil_srtp_ctr_apply(cipher, vector.high, vector.low, text, textLength) == 1
        }
    }
}

// MARK: - RTCP

extension SRTPCipher {
    /// RFC 3711 §3.4 puts the index before the tag, RFC 7714 §9.2 behind it. The trailer with its E flag is written
    /// here; the caller leaves room for it and for the tag.
    func sealRTCP(_ packet: UnsafeMutablePointer<UInt8>, length: Int, ssrc: UInt32, index: UInt32) -> Bool {
        let text = packet + SRTPCipher.rtcpHeaderLength
        let textLength = length &- SRTPCipher.rtcpHeaderLength
        switch profile {
        case .aeadAES128GCM:
            let tag = packet + length
            let trailer = tag + profile.rtcpTagLength
            store(0x8000_0000 | index, at: trailer)
            let vector = gcmVector(ssrc: ssrc, index: UInt64(index))
            return vigil_srtp_gcm_seal(
                cipher,
                vector.high,
                vector.low,
                packet,
                SRTPCipher.rtcpHeaderLength,
                trailer,
                SRTPCipher.rtcpTrailerLength,
                text,
                textLength,
                tag
            ) == 1
        case .aes128CMHMACSHA1_80:
            let trailer = packet + length
            store(0x8000_0000 | index, at: trailer)
            let vector = counterVector(ssrc: ssrc, index: UInt64(index))
            let covered = length &+ SRTPCipher.rtcpTrailerLength
            return vigil_srtp_ctr_apply(cipher, vector.high, vector.low, text, textLength) == 1
                && vigil_srtp_write_tag(cipher, packet, covered, 0, 0, packet + covered) == 1
        }
    }

    /// E flag and index of a sealed packet, of which `length` is without trailer and tag.
    func rtcpTrailer(_ packet: UnsafeMutablePointer<UInt8>, length: Int) -> (isEncrypted: Bool, index: UInt32) {
        let offset = profile == .aeadAES128GCM ? length &+ profile.rtcpTagLength : length
        let word = UInt32(bigEndian: UnsafeRawPointer(packet).loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        return (word & 0x8000_0000 != 0, word & 0x7FFF_FFFF)
    }

    /// Verifies, and decrypts what is encrypted; `length` is without trailer and tag.
    func openRTCP(
        _ packet: UnsafeMutablePointer<UInt8>,
        length: Int,
        ssrc: UInt32,
        index: UInt32,
        isEncrypted: Bool
    ) -> Bool {
        // Without E everything is associated data.
        let clear = isEncrypted ? SRTPCipher.rtcpHeaderLength : length
        let text = packet + clear
        let textLength = length &- clear
        switch profile {
        case .aeadAES128GCM:
            let tag = packet + length
            let vector = gcmVector(ssrc: ssrc, index: UInt64(index))
            return vigil_srtp_gcm_open(
                cipher,
                vector.high,
                vector.low,
                packet,
                clear,
                tag + profile.rtcpTagLength,
                SRTPCipher.rtcpTrailerLength,
                text,
                textLength,
                tag
            ) == 1
        case .aes128CMHMACSHA1_80:
            let covered = length &+ SRTPCipher.rtcpTrailerLength
            guard vigil_srtp_check_tag(cipher, packet, covered, 0, 0, packet + covered) == 1 else { return false }
            let vector = counterVector(ssrc: ssrc, index: UInt64(index))
            return vigil_srtp_ctr_apply(cipher, vector.high, vector.low, text, textLength) == 1
        }
    }

    private func store(_ word: UInt32, at pointer: UnsafeMutablePointer<UInt8>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: word.bigEndian, as: UInt32.self)
    }
}
