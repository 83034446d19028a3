// SPDX-License-Identifier: Apache-2.0

/// What one participant received so far as packets, over all its tracks or of one.
public struct ReceiveStatistics: Sendable {
    public var packets = 0
    public var bytes = 0
    /// First packets of key frames.
    public var keyFrames = 0
    /// Packets that came through retransmission.
    public var recovered = 0
    /// Sequence numbers given up for lost.
    public var lost = 0

    public init() {}

    public mutating func add(_ other: ReceiveStatistics) {
        packets += other.packets
        bytes += other.bytes
        keyFrames += other.keyFrames
        recovered += other.recovered
        lost += other.lost
    }
}
