// SPDX-License-Identifier: Apache-2.0

/// Why a datagram was dropped. It changed nothing.
public enum PeerRefusal: Error, Hashable, Sendable {
    /// Neither STUN, DTLS, RTP nor RTCP.
    case unknownProtocol
    case ice(ICERefusal)
    /// DTLS from an address that no check has proved.
    case unprovedAddress
    /// Media before the handshake was done, or after the end.
    case notConnected
    case malformedRTP
    case srtp(SRTPRefusal)
}
