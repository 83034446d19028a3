// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import Synchronization

/// SIGTERM and Ctrl-C: the first one asks the node to stop, the second one stops the process.
final class StopSignals: Sendable {
    /// A process that drains may take this long, whatever hangs.
    private static let limit = DispatchTimeInterval.milliseconds(4_500)

    private let onFirst: @Sendable () -> Void
    private let count = Atomic<Int>(0)
    nonisolated(unsafe) private var sources: [any DispatchSourceSignal] = []

    init(onFirst: @escaping @Sendable () -> Void) {
        self.onFirst = onFirst
        // Written once, before anyone else has this object.
        sources = [SIGTERM, SIGINT].map { number in
            // The default action would win over the source.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [weak self] in self?.received(number) }
            source.resume()
            return source
        }
    }

    private func received(_ number: Int32) {
        guard count.add(1, ordering: .relaxed).newValue == 1 else { _exit(128 + number) }
        DispatchQueue.global().asyncAfter(deadline: .now() + StopSignals.limit) { _exit(0) }
        onFirst()
    }
}
