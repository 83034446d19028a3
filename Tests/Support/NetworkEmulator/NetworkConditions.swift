// SPDX-License-Identifier: Apache-2.0

public import Base

/// What a path does to datagrams, each direction alike.
public struct NetworkConditions: Sendable {
    /// 0…100, each drawn for every datagram by itself.
    public var lossPercent: UInt64
    public var duplicatePercent: UInt64
    /// How many are held back by ``reorderDelay`` so that later ones overtake them.
    public var reorderPercent: UInt64
    public var reorderDelay: Interval
    /// One way.
    public var latency: Interval
    /// Added to the latency, evenly from zero to this.
    public var jitter: Interval
    /// Longer datagrams are lost; `nil` for no bound.
    public var maximumDatagram: Int?

    public init(
        lossPercent: UInt64 = 0,
        duplicatePercent: UInt64 = 0,
        reorderPercent: UInt64 = 0,
        reorderDelay: Interval = .milliseconds(60),
        latency: Interval = .milliseconds(20),
        jitter: Interval = .zero,
        maximumDatagram: Int? = nil
    ) {
        self.lossPercent = lossPercent
        self.duplicatePercent = duplicatePercent
        self.reorderPercent = reorderPercent
        self.reorderDelay = reorderDelay
        self.latency = latency
        self.jitter = jitter
        self.maximumDatagram = maximumDatagram
    }

    /// A bad path: `lossPercent` with 5 % duplicated, 10 % reordered and 30 ms of jitter.
    public static func rough(lossPercent: UInt64) -> NetworkConditions {
        NetworkConditions(
            lossPercent: lossPercent,
            duplicatePercent: 5,
            reorderPercent: 10,
            jitter: .milliseconds(30)
        )
    }
}
