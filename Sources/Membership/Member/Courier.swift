// SPDX-License-Identifier: Apache-2.0

import Base

/// What is on its way from us to the others.
struct Courier: Sendable {
    struct Waiting: Sendable {
        var message: MeetingMessage
        var to: ParticipantID?
        var chatID: [UInt8]?
    }

    /// A chat message that the node hasn't taken yet, or took in an epoch that may still be found void.
    struct Unsettled: Sendable {
        let request: UInt32
        let epoch: UInt64
        let waiting: Waiting
        var isSent = false
        /// The node didn't take it, because its epoch was over.
        var isStale = false
    }

    static let longestOutbox = 256

    /// ``Envelope/run``.
    var run: UInt32
    var count: UInt32 = 0
    /// ``Heartbeat/lines``.
    var lines: UInt32 = 0
    /// Kept back while the socket is cut or a proposal waits for its commit (RFC 9420 §12.4).
    var outbox: [Waiting] = []
    var unsettled: [Unsettled] = []

    init(run: UInt32) {
        self.run = run
    }

    /// ``Heartbeat/pending``.
    var pendingLines: UInt32 {
        var count = 0
        for entry in unsettled where !entry.isSent && entry.waiting.to == nil { count += 1 }
        for waiting in outbox where waiting.chatID != nil && waiting.to == nil { count += 1 }
        return UInt32(truncatingIfNeeded: count)
    }

    mutating func beginRun(_ run: UInt32) {
        self.run = run
        count = 0
    }
}
