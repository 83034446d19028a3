// SPDX-License-Identifier: Apache-2.0

import Base
import NIOConcurrencyHelpers
import NIOCore

/// All connections of the node: admits them, and ends the ones that must make room.
final class Connections: Sendable {
    /// One admitted connection.
    struct Ticket: Sendable {
        let id: UInt64
        fileprivate let connections: Connections

        /// The connection has joined a meeting.
        func promote() { connections.state.withLockedValue { $0.table.promote(id) } }
    }

    private struct State {
        var table: ConnectionTable
        var hasher: AddressHasher
        var randomness = SystemRandomness()
        var channels: [UInt64: any Channel] = [:]
    }

    private let state: NIOLockedValueBox<State>
    private let totals: Totals

    init(limits: ConnectionLimits, totals: Totals) {
        var randomness = SystemRandomness()
        let hasher = AddressHasher(now: .monotonic, using: &randomness)
        state = NIOLockedValueBox(State(table: ConnectionTable(limits: limits), hasher: hasher))
        self.totals = totals
    }

    /// - Returns: `nil` if the node is full. Otherwise the connection is counted until its channel closes.
    func admit(_ channel: any Channel) -> Ticket? {
        let address = channel.remoteAddress
        let (admission, evicted) = state.withLockedValue { state -> (ConnectionTable.Admission, (any Channel)?) in
            let hash = state.hasher.hash(address, now: .monotonic, using: &state.randomness)
            let admission = state.table.admit(hash)
            guard case .admitted(let id, let evicting) = admission else { return (admission, nil) }
            state.channels[id] = channel
            return (admission, evicting.flatMap { state.channels.removeValue(forKey: $0) })
        }
        if let evicted {
            totals.connectionEvicted()
            evicted.close(promise: nil)
        }
        guard case .admitted(let id, _) = admission else {
            totals.connectionRefused()
            return nil
        }
        channel.closeFuture.whenComplete { [self] _ in
            state.withLockedValue { state in
                state.table.remove(id)
                state.channels[id] = nil
            }
        }
        return Ticket(id: id, connections: self)
    }

    var count: Int { state.withLockedValue { $0.table.count } }
}
