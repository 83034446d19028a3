// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What all connections need to know about the node: a flag and a rule, readable from any thread.
final class NodeStatus: Sendable {
    let allowedOrigins: AllowedOrigins
    private let draining = Atomic<Bool>(false)

    init(allowedOrigins: AllowedOrigins = .any) {
        self.allowedOrigins = allowedOrigins
    }

    /// The node is stopping: no new meetings, no new connections.
    var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// - Returns: `false` if it was draining already.
    @discardableResult
    func startDraining() -> Bool { !draining.exchange(true, ordering: .relaxed) }
}
