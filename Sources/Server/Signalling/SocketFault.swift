// SPDX-License-Identifier: Apache-2.0

import NIOWebSocket

/// Why a signalling connection ends other than by the client's own close. Sent as the close frame's code.
enum SocketFault: Error, Hashable, Sendable {
    /// A frame that RFC 6455 forbids: not masked, reserved bits, a continuation of nothing.
    case framing
    /// Signalling is text.
    case notText
    /// The text isn't UTF-8 (RFC 6455 §8.1).
    case notUTF8
    /// More than ``MessageAssembler/maximumMessageSize``.
    case tooLarge
    /// No message in the time that a client has to say what it wants.
    case noFirstMessage
    /// Nothing was heard for too long, not even the answer to a ping.
    case silent
    /// The client reads so slowly that what waits for it passed ``SendBudget``.
    case slowReader
    /// The node is stopping.
    case goingAway
    /// The meeting said goodbye, and its last message tells why.
    case dismissed

    /// RFC 6455 §7.4.1; from 4000 on the numbers are ours (docs/protocol.md).
    var closeCode: WebSocketErrorCode {
        switch self {
        case .framing: .protocolError
        case .notText: .unacceptableData
        case .notUTF8: .dataInconsistentWithMessage
        case .tooLarge: .messageTooLarge
        case .goingAway: .goingAway
        case .dismissed: .unknown(4000)
        case .slowReader: .unknown(4001)
        case .noFirstMessage: .unknown(4002)
        case .silent: .unknown(4003)
        }
    }

    /// For logs and totals.
    var name: String {
        switch self {
        case .framing: "framing"
        case .notText: "not-text"
        case .notUTF8: "not-utf8"
        case .tooLarge: "too-large"
        case .noFirstMessage: "no-first-message"
        case .silent: "silent"
        case .slowReader: "slow-reader"
        case .goingAway: "going-away"
        case .dismissed: "dismissed"
        }
    }
}
