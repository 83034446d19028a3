// SPDX-License-Identifier: Apache-2.0

import Base

/// Everything about one inbound stream that is touched per packet, in one place and without reference counts.
///
/// Always behind a pointer owned by ``InboundStream``: reads and writes cost no exclusivity check.
struct StreamState {
    /// A jump by more than this is a new beginning, not loss.
    static let longestGap: UInt64 = 1000

    let ring: PacketRing
    /// Stored and not yet forwarded, as extended sequence numbers; full, the oldest goes.
    let pending: UnsafeMutablePointer<UInt64>
    let pendingMask: Int
    var pendingHead = 0
    var pendingCount = 0

    let track: Unmanaged<TrackState>
    let layer: Int
    let isAudio: Bool

    var ssrc: UInt32?
    var rtxSSRC: UInt32?
    var clockRate: UInt32
    var highest: UInt64 = 0
    /// The first number that ever came, or lower.
    var lowest: UInt64 = 0
    var hasStarted = false
    var isDirty = false
    /// Packets came within the last second, as far as anyone checked.
    var isActive = false
    var lastArrival = Moment(nanoseconds: 0)
    var statistics = ReceptionStatistics()
    var missing = NACKRegister()
    var senderReport: ClockMapping?
    var keyframes = KeyframeRequests()

    /// Notes a stored packet for the next flush.
    @inline(__always)
    mutating func pend(_ extended: UInt64) {
        if pendingCount > pendingMask {
            pendingHead = (pendingHead &+ 1) & pendingMask
            pendingCount &-= 1
        }
        pending[(pendingHead &+ pendingCount) & pendingMask] = extended
        pendingCount &+= 1
    }

    @inline(__always)
    func pending(at index: Int) -> UInt64 {
        pending[(pendingHead &+ index) & pendingMask]
    }

    mutating func clearPending() {
        pendingHead = 0
        pendingCount = 0
    }

    /// Another source under the same name: nothing of the old one may be mixed into it.
    mutating func restart() {
        ring.removeAll()
        clearPending()
        highest = 0
        hasStarted = false
        statistics = ReceptionStatistics()
        missing.removeAll()
        senderReport = nil
    }
}
