// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOConcurrencyHelpers

/// The thread of one worker. The worker is handed over to it and touched by nobody else from then on.
final class MediaThread: Sendable {
    private let thread: pthread_t
    private let isJoined = NIOLockedValueBox(false)

    init(_ worker: MediaWorker) throws(MediaPlaneError) {
        var thread = pthread_t()
        let handedOver = Unmanaged.passRetained(worker)
        let result = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<MediaWorker>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            handedOver.toOpaque()
        )
        guard result == 0 else {
            handedOver.release()
            throw .resources
        }
        self.thread = thread
    }

    /// Waits for the worker to end.
    func join() {
        let isFirst = isJoined.withLockedValue { isJoined in
            defer { isJoined = true }
            return !isJoined
        }
        if isFirst { pthread_join(thread, nil) }
    }
}
