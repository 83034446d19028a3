// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Meetings
import NIOConcurrencyHelpers

/// Where other threads leave what a worker shall do. The one lock near the media threads, held for an append or a swap.
final class MediaInbox: Sendable {
    enum Message: Sendable {
        case command(MediaCommand, MeetingID)
        case measure(@Sendable (MediaMetrics) -> Void)
        case stop
    }

    let descriptor: Int32
    private let state = NIOLockedValueBox(State())

    private struct State {
        var messages: [Message] = []
        var isClosed = false
    }

    init() throws(MediaPlaneError) {
        descriptor = cdatagram_wakeup_create()
        guard descriptor >= 0 else { throw .socket(errno: -descriptor) }
    }

    deinit {
        cdatagram_close(descriptor)
    }

    func post(_ message: Message) {
        enum Outcome { case first, queued, closed }
        let outcome = state.withLockedValue { state -> Outcome in
            guard !state.isClosed else { return .closed }
            state.messages.append(message)
            return state.messages.count == 1 ? .first : .queued
        }
        switch outcome {
        case .first: cdatagram_wakeup_signal(descriptor)
        case .queued: break
        case .closed: Self.answer(message)
        }
    }

    /// Everything posted so far. For the worker alone.
    func take() -> [Message] {
        cdatagram_wakeup_drain(descriptor)
        return state.withLockedValue { state in
            let taken = state.messages
            state.messages = []
            return taken
        }
    }

    /// The worker is gone: whoever still waits for a measurement, now or later, gets an empty one.
    func close() {
        let left = state.withLockedValue { state in
            state.isClosed = true
            let left = state.messages
            state.messages = []
            return left
        }
        for message in left { Self.answer(message) }
    }

    private static func answer(_ message: Message) {
        if case .measure(let report) = message { report(MediaMetrics()) }
    }
}
