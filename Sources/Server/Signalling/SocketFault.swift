// SPDX-License-Identifier: Apache-2.0

import Meetings
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
    /// Nothing was heard for too long, not even the answer to a ping.
    case silent
    /// The client reads so slowly that what waits for it passed ``SendBudget``.
    case slowReader
    /// The node is stopping.
    case goingAway
    /// The directory closed it; the messages before tell why.
    case dismissed(CloseReason)

    /// RFC 6455 §7.4.1; from 4000 on the numbers are ours (docs/protocol.md).
    var closeCode: WebSocketErrorCode {
        switch self {
        case .framing: .protocolError
        case .notText: WebSocketErrorCode(codeNumber: Int(CloseReason.notText.code))
        case .notUTF8: .dataInconsistentWithMessage
        case .tooLarge: WebSocketErrorCode(codeNumber: Int(CloseReason.tooLarge.code))
        case .goingAway: WebSocketErrorCode(codeNumber: Int(CloseReason.restart.code))
        case .dismissed(let reason): WebSocketErrorCode(codeNumber: Int(reason.code))
        case .slowReader: WebSocketErrorCode(codeNumber: Int(CloseReason.slow.code))
        case .silent: .policyViolation
        }
    }

    /// For logs and totals.
    var name: String {
        switch self {
        case .framing: "framing"
        case .notText: "not-text"
        case .notUTF8: "not-utf8"
        case .tooLarge: "too-large"
        case .silent: "silent"
        case .slowReader: "slow-reader"
        case .goingAway: "going-away"
        case .dismissed(let reason): "closed-\(reason)"
        }
    }
}
