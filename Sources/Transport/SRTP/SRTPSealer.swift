// SPDX-License-Identifier: Apache-2.0

public import Base

/// Protects what one side sends, under one master key (RFC 3711, RFC 7714). Nothing here allocates after `init`.
///
/// **Never seal two different packets under the same SSRC, roll-over counter and sequence number**: with GCM that gives
/// the authentication key away (RFC 7714 §8.2). Who retransmits sends the sealed bytes again.
///
/// Confined to one thread.
public final class SRTPSealer {
    public let profile: SRTPProfile
    private let rtp: SRTPCipher
    private let rtcp: SRTPCipher
    private var nextRTCPIndex: UInt32

    public convenience init(profile: SRTPProfile, masterKey: Secret, masterSalt: Secret) throws(SRTPError) {
        try self.init(profile: profile, keys: SRTPKeys(masterKey: masterKey, masterSalt: masterSalt))
    }

    public init(profile: SRTPProfile, keys: SRTPKeys) throws(SRTPError) {
        self.profile = profile
        let rtpKeys = try SRTPSessionKeys.derive(.rtp, profile: profile, keys: keys)
        rtp = try SRTPCipher(profile: profile, keys: rtpKeys, isSealing: true)
        let rtcpKeys = try SRTPSessionKeys.derive(.rtcp, profile: profile, keys: keys)
        rtcp = try SRTPCipher(profile: profile, keys: rtcpKeys, isSealing: true)
        nextRTCPIndex = 0
    }

    /// With session keys as test vectors give them, for RTP and RTCP alike.
    init(
        profile: SRTPProfile,
        session: borrowing SRTPSessionKeys,
        nextRTCPIndex: UInt32 = 0
    ) throws(SRTPError) {
        self.profile = profile
        rtp = try SRTPCipher(profile: profile, keys: session, isSealing: true)
        rtcp = try SRTPCipher(profile: profile, keys: session, isSealing: true)
        self.nextRTCPIndex = nextRTCPIndex
    }

    /// How much longer a sealed RTP packet is.
    public var rtpOverhead: Int { profile.tagLength }

    /// How much longer a sealed RTCP packet is.
    public var rtcpOverhead: Int { profile.rtcpTagLength + SRTPCipher.rtcpTrailerLength }

    /// Seals an RTP packet in place. SSRC and sequence number are those that already stand in its header.
    ///
    /// - Parameters:
    ///   - length: bytes of the packet in the clear.
    ///   - capacity: bytes that `packet` has room for.
    ///   - headerLength: where the payload starts; contributing sources and extensions stay in the clear.
    /// - Returns: the new length; 0 when the lengths do not fit.
    public func seal(
        _ packet: UnsafeMutableRawPointer,
        length: Int,
        capacity: Int,
        headerLength: Int,
        ssrc: UInt32,
        sequenceNumber: UInt16,
        rolloverCounter: UInt32
    ) -> Int {
        guard headerLength >= RTPHeader.fixedLength, length >= headerLength,
            capacity >= length, capacity &- length >= profile.tagLength
        else { return 0 }
        let sealed = rtp.process(
            packet.assumingMemoryBound(to: UInt8.self),
            length: length,
            headerLength: headerLength,
            ssrc: ssrc,
            index: UInt64(rolloverCounter) << 16 | UInt64(sequenceNumber)
        )
        return sealed ? length &+ profile.tagLength : 0
    }

    /// Seals a compound RTCP packet in place, under the next index.
    ///
    /// - Returns: the new length; 0 when the lengths do not fit, or after 2³¹ packets (RFC 3711 §9.2).
    public func sealRTCP(_ packet: UnsafeMutableRawPointer, length: Int, capacity: Int) -> Int {
        guard length >= SRTPCipher.rtcpHeaderLength, capacity >= length, capacity &- length >= rtcpOverhead,
            nextRTCPIndex <= 0x7FFF_FFFF
        else { return 0 }
        let index = nextRTCPIndex
        nextRTCPIndex &+= 1
        rtcp.storeRTCPTrailer(packet, length: length, index: index)
        let sealed = rtcp.processRTCP(
            packet.assumingMemoryBound(to: UInt8.self),
            length: length,
            clear: SRTPCipher.rtcpHeaderLength,
            ssrc: UInt32(bigEndian: packet.loadUnaligned(fromByteOffset: 4, as: UInt32.self)),
            index: index
        )
        return sealed ? length &+ rtcpOverhead : 0
    }
}
