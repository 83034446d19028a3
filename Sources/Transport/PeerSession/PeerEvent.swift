// SPDX-License-Identifier: Apache-2.0

/// What a session tells its owner.
public enum PeerEvent: Hashable, Sendable {
    /// Address proved, handshake done, fingerprint right: media flows both ways. Once.
    case connected
    /// After ``connected``: media goes here from now on.
    case addressChanged(TransportAddress)
    /// The end, once; nothing follows. A local ``PeerSession/close(now:)`` is not told.
    case disconnected(PeerDisconnection)
}

/// Why a session ended, by who or what ended it.
public enum PeerDisconnection: Error, Hashable, Sendable {
    /// Not connected within ``PeerSession/Configuration/connectTimeout``.
    case connectTimeout
    /// No pair of addresses works.
    case noPath
    /// The peer has shown no wish to hear from us for 30 s (RFC 7675).
    case consentExpired
    /// The peer's certificate is not the one that signalling promised (RFC 8827 §6.5).
    case fingerprintMismatch
    case dtls(DTLSError)
    /// The keys of a finished handshake were of no use to SRTP.
    case srtp
    /// The peer said close_notify.
    case closedByPeer
}
