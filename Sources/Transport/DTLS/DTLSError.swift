// SPDX-License-Identifier: Apache-2.0

/// Why a DTLS endpoint could not be made or gave up.
public enum DTLSError: Error, Hashable, Sendable {
    /// The peer never finished the handshake within the time allowed.
    case handshakeTimedOut
    /// The peer ended the handshake with this TLS alert description (RFC 5246 §7.2).
    case refusedByPeer(alert: UInt8)
    /// The peer's side of the handshake broke a rule; we sent an alert. Only a certificate that is missing, or cannot
    /// be read, and a signature that does not verify come here as well as nonsense.
    case handshakeFailed
    /// The handshake finished without an SRTP profile both sides know.
    case noCommonProfile
    /// A fatal alert or a broken record after the handshake.
    case connectionFailed
    /// OpenSSL refused something that is ours alone: memory, its own configuration.
    case libraryFailure
}
