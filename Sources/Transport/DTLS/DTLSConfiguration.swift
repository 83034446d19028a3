// SPDX-License-Identifier: Apache-2.0

public import Base
import COpenSSLShims

/// How one endpoint behaves. The defaults suit WebRTC.
public struct DTLSConfiguration: Sendable {
    /// Best first; one of them must be the peer's too.
    public var profiles: [SRTPProfile] = SRTPProfile.preferred
    /// The largest datagram sent, in bytes of UDP payload; at least 288.
    public var maximumDatagramSize = 1200
    /// The wait before a flight is first sent again, then doubled (RFC 6347 §4.2.4 says 1 s, RFC 9147 and WebRTC less).
    public var initialRetransmission = Interval.milliseconds(100)
    public var maximumRetransmission = Interval.seconds(2)
    /// From `start` to established.
    public var handshakeTimeout = Interval.seconds(30)

    /// Whether retransmissions are due by the moments that the endpoint is given. OpenSSL 3.2 and later keep their timer
    /// to themselves: there they are due by the system's clock. For tests of that on an older one.
    package var ownsTimer = vigil_dtls_lends_timer() == 1

    public init() {}
}
