// SPDX-License-Identifier: Apache-2.0

public import Base

/// Opens what the peer sends, under one master key (RFC 3711, RFC 7714): roll-over counters, replay, tags.
///
/// 1. index from the SSRC's history, or its first sequence number under roll-over counter 0;
/// 2. replay window asked; 3. tag verified, payload decrypted; 4. only now anything is remembered.
///
/// A packet of a known SSRC costs no allocation. Confined to one thread.
public final class SRTPOpener {
    public let profile: SRTPProfile
    private let rtp: SRTPCipher
    private let rtcp: SRTPCipher
    private var rtpStreams = SRTPStreamTable()
    private var rtcpStreams = SRTPStreamTable()

    public convenience init(profile: SRTPProfile, masterKey: Secret, masterSalt: Secret) throws(SRTPError) {
        try self.init(profile: profile, keys: SRTPKeys(masterKey: masterKey, masterSalt: masterSalt))
    }

    public init(profile: SRTPProfile, keys: SRTPKeys) throws(SRTPError) {
        self.profile = profile
        let rtpKeys = try SRTPSessionKeys.derive(.rtp, profile: profile, keys: keys)
        rtp = try SRTPCipher(profile: profile, keys: rtpKeys, isSealing: false)
        let rtcpKeys = try SRTPSessionKeys.derive(.rtcp, profile: profile, keys: keys)
        rtcp = try SRTPCipher(profile: profile, keys: rtcpKeys, isSealing: false)
    }

    /// With session keys as test vectors give them, for RTP and RTCP alike.
    init(profile: SRTPProfile, session: borrowing SRTPSessionKeys) throws(SRTPError) {
        self.profile = profile
        rtp = try SRTPCipher(profile: profile, keys: session, isSealing: false)
        rtcp = try SRTPCipher(profile: profile, keys: session, isSealing: false)
    }

    /// Opens an RTP packet in place. Where it is refused the bytes are worthless.
    ///
    /// - Parameter header: what ``RTPHeader/parse(_:)`` made of these bytes.
    public func open(
        _ packet: UnsafeMutableRawBufferPointer,
        header: RTPHeader
    ) -> Result<OpenedRTP, SRTPRefusal> {
        let length = packet.count &- profile.tagLength
        guard let bytes = packet.baseAddress, header.headerLength >= RTPHeader.fixedLength,
            length >= header.headerLength
        else { return .failure(.tooShort) }
        let slot = rtpStreams.find(header.ssrc)
        var index = UInt64(header.sequenceNumber)
        if let slot {
            switch PacketIndex.estimate(header.sequenceNumber, highest: rtpStreams.highest(slot)) {
            case .success(let estimated): index = estimated
            case .failure(let refusal): return .failure(refusal)
            }
            if let refusal = rtpStreams.refusal(slot, index: index) { return .failure(refusal) }
        }
        guard
            rtp.process(
                bytes.assumingMemoryBound(to: UInt8.self),
                length: length,
                headerLength: header.headerLength,
                ssrc: header.ssrc,
                index: index
            )
        else { return .failure(.unauthenticated) }
        if let slot {
            rtpStreams.commit(slot, index: index)
        } else {
            rtpStreams.insert(header.ssrc, index: index)
        }
        return .success(OpenedRTP(length: length, extendedSequenceNumber: index))
    }

    /// Opens a compound RTCP packet in place and returns its length in the clear. A sender may leave it unencrypted
    /// (E flag, RFC 3711 §3.4): it is authenticated all the same.
    public func openRTCP(_ packet: UnsafeMutableRawBufferPointer) -> Result<Int, SRTPRefusal> {
        let length = packet.count &- profile.rtcpTagLength &- SRTPCipher.rtcpTrailerLength
        guard let base = packet.baseAddress, length >= SRTPCipher.rtcpHeaderLength
        else { return .failure(.tooShort) }
        let ssrc = UInt32(bigEndian: base.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        let trailer = rtcp.rtcpTrailer(base, length: length)
        let slot = rtcpStreams.find(ssrc)
        if let slot, let refusal = rtcpStreams.refusal(slot, index: UInt64(trailer.index)) {
            return .failure(refusal)
        }
        guard
            rtcp.processRTCP(
                base.assumingMemoryBound(to: UInt8.self),
                length: length,
                // Without E everything is associated data.
                clear: trailer.isEncrypted ? SRTPCipher.rtcpHeaderLength : length,
                ssrc: ssrc,
                index: trailer.index
            )
        else { return .failure(.unauthenticated) }
        if let slot {
            rtcpStreams.commit(slot, index: UInt64(trailer.index))
        } else {
            rtcpStreams.insert(ssrc, index: UInt64(trailer.index))
        }
        return .success(length)
    }

    /// How many SSRCs have history, for tests of the bound.
    package var streamCounts: (rtp: Int, rtcp: Int) { (rtpStreams.count, rtcpStreams.count) }
}
