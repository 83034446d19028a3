// SPDX-License-Identifier: Apache-2.0

/// Why a connection is closed, as the client is told by the WebSocket close code (RFC 6455 §7.4).
public enum CloseReason: UInt16, Hashable, Sendable, CaseIterable {
    /// The client left.
    case left = 1000
    /// A frame that isn't text.
    case notText = 1003
    /// A frame larger than a message may be.
    case tooLarge = 1009
    /// The node stops or starts again.
    case restart = 1012
    /// After `refused`.
    case refused = 4000
    /// After `removed`.
    case removed = 4001
    /// After `ended`.
    case ended = 4002
    /// The participant came back on another connection.
    case superseded = 4003
    /// Too many messages for too long, or too many connections.
    case busy = 4004
    /// The client doesn't read what it is sent.
    case slow = 4005

    public var code: UInt16 { rawValue }
}
