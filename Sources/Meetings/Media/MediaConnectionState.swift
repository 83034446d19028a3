// SPDX-License-Identifier: Apache-2.0

/// How far one of a participant's peer connections has come.
public enum MediaConnectionState: String, Hashable, Sendable, CaseIterable {
    case connecting
    case connected
    /// Consent expired, or the handshake failed; the client may start again with fresh ICE credentials.
    case lost
}
