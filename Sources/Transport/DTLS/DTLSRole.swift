// SPDX-License-Identifier: Apache-2.0

/// Who speaks first: `a=setup:active` is the client (RFC 8842 §5).
public enum DTLSRole: Hashable, Sendable {
    case client
    case server
}
