// SPDX-License-Identifier: Apache-2.0

/// Who opens the DTLS handshake (RFC 4145 §4, RFC 8842 §5.2).
public enum DTLSSetup: String, Hashable, Sendable {
    case actpass
    case active
    case passive
    case holdconn
}
