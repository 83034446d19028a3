// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Glibc
import NIOConcurrencyHelpers

/// One thread that drives the media sockets of many participants: hundreds share one.
public final class MediaLoop: Sendable {
    private let inbox = NIOLockedValueBox<[@Sendable (MediaLoopState) -> Void]>([])
    private let wakeup: Int32
    private let poll: Int32

    /// Starts the thread.
    public static func start() throws(ParticipantError) -> MediaLoop {
        let poll = cdatagram_poll_create()
        let wakeup = cdatagram_wakeup_create()
        guard poll >= 0, wakeup >= 0,
            cdatagram_poll_add(poll, wakeup, 0, UInt32(CDATAGRAM_READABLE)) == 0
        else { throw .resources }
        let loop = MediaLoop(poll: poll, wakeup: wakeup)
        guard loop.startThread() else { throw .resources }
        return loop
    }

    private init(poll: Int32, wakeup: Int32) {
        self.poll = poll
        self.wakeup = wakeup
    }

    /// Ends the thread and closes every socket; participants of this loop hear nothing more.
    public func stop() {
        perform { $0.isStopped = true }
    }

    /// Runs `body` on the loop's thread.
    func perform(_ body: @escaping @Sendable (MediaLoopState) -> Void) {
        inbox.withLockedValue { $0.append(body) }
        cdatagram_wakeup_signal(wakeup)
    }

    /// Runs `body` on the loop's thread and waits for its result.
    func run<Result: Sendable>(_ body: @escaping @Sendable (MediaLoopState) -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            perform { continuation.resume(returning: body($0)) }
        }
    }

    private func startThread() -> Bool {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self).toOpaque()
        let status = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<MediaLoop>.fromOpaque(argument).takeRetainedValue().drive()
                return nil
            },
            argument
        )
        guard status == 0 else {
            Unmanaged<MediaLoop>.fromOpaque(argument).release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private func drive() {
        cdatagram_prepare_thread("participants")
        let state = MediaLoopState(poll: poll)
        var ready = [cdatagram_readiness](repeating: cdatagram_readiness(), count: 64)
        while !state.isStopped {
            let now = Moment(nanoseconds: cdatagram_monotonic())
            let wait = state.timeUntilTick(now: now)
            let count = cdatagram_poll_wait(poll, &ready, Int32(ready.count), wait.nanoseconds)
            if count > 0 {
                for readiness in ready.prefix(Int(count)) {
                    if readiness.token == 0 {
                        cdatagram_wakeup_drain(wakeup)
                    } else {
                        state.receive(token: readiness.token)
                    }
                }
            }
            for body in inbox.withLockedValue({ exchange(&$0, with: []) }) { body(state) }
            state.tick(now: Moment(nanoseconds: cdatagram_monotonic()))
        }
        state.close()
        cdatagram_close(wakeup)
        cdatagram_close(poll)
    }
}

private func exchange<Value>(_ value: inout Value, with new: Value) -> Value {
    let old = value
    value = new
    return old
}
