// SPDX-License-Identifier: Apache-2.0

import Base

/// Why a datagram went no further.
enum DropReason: Int, CaseIterable, Sendable {
    /// Longer than any packet here may be.
    case oversized
    /// Not STUN, DTLS, RTP or RTCP by its first bytes.
    case unknownKind
    /// From an address that passed no connectivity check.
    case stranger
    /// A connectivity check for a user name fragment that nobody here has.
    case unknownUfrag
    /// The peer's session had no use for it: forged, replayed, malformed or too early.
    case refused
    /// The socket's send buffer stayed full.
    case sendBufferFull
    /// The kernel refused to send it.
    case unsendable
    /// The peer has no address yet, or went.
    case noAddress
    /// The TCP reader is too slow.
    case slowReader
}

/// What the media threads count: of one worker, or added up. A value that was true at one moment.
struct MediaMetrics: Sendable {
    var packetsReceived: UInt64 = 0
    var bytesReceived: UInt64 = 0
    var packetsSent: UInt64 = 0
    var bytesSent: UInt64 = 0
    /// Media packets that came in, authentic.
    var mediaReceived: UInt64 = 0
    /// Packets that left because media or feedback came in.
    var packetsForwarded: UInt64 = 0
    var receiveBatches: UInt64 = 0
    var sendCalls: UInt64 = 0
    /// Runs of equal packets that the kernel cut.
    var segmentedRuns: UInt64 = 0
    var wakes: UInt64 = 0
    /// CPU time of the media threads.
    var cpu: Interval = .zero
    /// From the kernel's receipt of a batch's oldest media packet until the system call that sent the packet has returned.
    var forwardingLatency = LatencyHistogram()
    var streamConnections = 0
    var peers = 0
    var meetings = 0

    private(set) var drops = [UInt64](repeating: 0, count: DropReason.allCases.count)

    mutating func drop(_ reason: DropReason, count: Int = 1) {
        drops[reason.rawValue] &+= UInt64(max(count, 0))
    }

    func dropped(_ reason: DropReason) -> UInt64 { drops[reason.rawValue] }

    mutating func add(_ other: MediaMetrics) {
        packetsReceived &+= other.packetsReceived
        bytesReceived &+= other.bytesReceived
        packetsSent &+= other.packetsSent
        bytesSent &+= other.bytesSent
        mediaReceived &+= other.mediaReceived
        packetsForwarded &+= other.packetsForwarded
        receiveBatches &+= other.receiveBatches
        sendCalls &+= other.sendCalls
        segmentedRuns &+= other.segmentedRuns
        wakes &+= other.wakes
        cpu = cpu + other.cpu
        forwardingLatency.merge(other.forwardingLatency)
        streamConnections += other.streamConnections
        peers += other.peers
        meetings += other.meetings
        for index in drops.indices { drops[index] &+= other.drops[index] }
    }
}
