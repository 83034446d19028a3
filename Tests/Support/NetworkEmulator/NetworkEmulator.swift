// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transport

/// A path between endpoints without sockets or clocks: datagrams go in with a moment and come out at later ones.
///
/// The same seed and the same calls give the same losses, so that a failure is found again.
public struct NetworkEmulator: Sendable {
    public struct Delivery: Sendable {
        public let at: Moment
        public let from: TransportAddress
        public let to: TransportAddress
        public var bytes: [UInt8]
    }

    public var conditions: NetworkConditions
    /// Everything is lost while set: a cable pulled out.
    public var isCut = false
    public private(set) var delivered = 0
    public private(set) var lost = 0

    private var randomness: SeededRandomness
    private var waiting: [(order: UInt64, delivery: Delivery)] = []
    private var nextOrder: UInt64 = 0

    public init(seed: UInt64, conditions: NetworkConditions = NetworkConditions()) {
        randomness = SeededRandomness(seed: seed)
        self.conditions = conditions
    }

    public mutating func send(_ bytes: [UInt8], from: TransportAddress, to: TransportAddress, now: Moment) {
        let copies = chance(conditions.duplicatePercent) ? 2 : 1
        for _ in 0..<copies {
            guard !isCut, !chance(conditions.lossPercent), bytes.count <= conditions.maximumDatagram ?? .max else {
                lost += 1
                continue
            }
            var delay = conditions.latency
            if conditions.jitter > .zero {
                let part = randomness.next() % UInt64(conditions.jitter.nanoseconds)
                delay = delay + Interval(nanoseconds: Int64(part))
            }
            if chance(conditions.reorderPercent) { delay = delay + conditions.reorderDelay }
            waiting.append((nextOrder, Delivery(at: now + delay, from: from, to: to, bytes: bytes)))
            nextOrder += 1
        }
    }

    public var nextDelivery: Moment? { waiting.map(\.delivery.at).min() }

    /// The earliest datagram that has arrived by `now`; of equal ones, the one sent first.
    public mutating func receive(now: Moment) -> Delivery? {
        let due = waiting.indices.filter { waiting[$0].delivery.at <= now }
        let first = due.min {
            (waiting[$0].delivery.at, waiting[$0].order) < (waiting[$1].delivery.at, waiting[$1].order)
        }
        guard let first else { return nil }
        delivered += 1
        return waiting.remove(at: first).delivery
    }

    private mutating func chance(_ percent: UInt64) -> Bool {
        percent > 0 && randomness.next() % 100 < percent
    }
}
