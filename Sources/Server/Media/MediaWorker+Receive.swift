// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Routing
import Transport

extension MediaWorker {
    /// Takes what the socket has, within this turn's budget. True when it was still full at the end.
    func receiveDatagrams() -> Bool {
        for _ in 0..<Self.batchesPerTurn {
            let slots = port.receive()
            guard !slots.isEmpty else { return false }
            let now = MediaClock.now()
            var oldest = Int64.max
            metrics.receiveBatches &+= 1
            for slot in slots { receive(slot, now: now, oldest: &oldest) }
            if oldest != .max {
                // The kernel stamps with the wall clock; only the age counts, and a clock that jumped says nothing.
                let age = min(max(cdatagram_realtime() &- oldest, 0), 1_000_000_000)
                oldestArrival = now - Interval(nanoseconds: age)
            }
            flush(now: now)
            oldestArrival = nil
            if slots.count < DatagramPort.batch { return false }
        }
        return true
    }

    @inline(__always)
    private func receive(_ slot: cdatagram_received, now: Moment, oldest: inout Int64) {
        metrics.packetsReceived &+= 1
        metrics.bytesReceived &+= UInt64(slot.length)
        guard !slot.truncated else { return metrics.drop(.oversized) }
        let bytes = UnsafeMutableRawBufferPointer(start: slot.bytes, count: Int(slot.length))
        let address = TransportAddress(high: slot.from.high, low: slot.from.low, port: slot.from.port)
        if receive(bytes, from: address, at: LocalAddress(slot.to), through: nil, now: now), slot.arrival > 0 {
            oldest = min(oldest, slot.arrival)
        }
    }

    /// One packet, from either kind of socket. True for an authentic media packet.
    func receive(
        _ bytes: UnsafeMutableRawBufferPointer,
        from address: TransportAddress,
        at source: LocalAddress,
        through stream: StreamConnection?,
        now: Moment
    ) -> Bool {
        let kind = Demultiplexer.classify(UnsafeRawBufferPointer(bytes))
        switch kind {
        case .rtp, .rtcp, .dtls:
            guard let entry = table.find(address), let peer = peers[Int(entry.peer.index)] else {
                metrics.drop(.stranger)
                return false
            }
            return deliver(bytes, to: peer, from: address, kind: kind, now: now)
        case .stun:
            receiveSTUN(bytes, from: address, at: source, through: stream, now: now)
            return false
        case .unknown:
            metrics.drop(.unknownKind)
            return false
        }
    }

    @inline(__always)
    private func deliver(
        _ bytes: UnsafeMutableRawBufferPointer,
        to peer: MediaPeer,
        from address: TransportAddress,
        kind: Demultiplexer,
        now: Moment
    ) -> Bool {
        switch peer.session.receive(bytes, from: address, now: now) {
        case .rtp(let header, let length, let extendedSequenceNumber):
            metrics.mediaReceived &+= 1
            let meeting = peer.meeting
            meeting.router.receiveRTP(
                UnsafeRawBufferPointer(rebasing: bytes[..<length]),
                header: header,
                extendedSequenceNumber: extendedSequenceNumber,
                from: peer.handle,
                now: now
            )
            touch(meeting)
            return true
        case .rtcp(let length):
            let meeting = peer.meeting
            meeting.router.receiveRTCP(
                UnsafeRawBufferPointer(rebasing: bytes[..<length]),
                from: peer.handle,
                now: now
            )
            touch(meeting)
            return false
        case .none:
            if kind == .dtls { settle(peer, now: now) } else { metrics.drop(.refused) }
            return false
        }
    }

    /// A check names its receiver, so a peer is found whatever address it comes from. An address is learned only after the
    /// peer's session has found the check authentic; until then it costs the parse and one HMAC.
    private func receiveSTUN(
        _ bytes: UnsafeMutableRawBufferPointer,
        from address: TransportAddress,
        at source: LocalAddress,
        through stream: StreamConnection?,
        now: Moment
    ) {
        let handle: PeerHandle
        if let ufrag = STUNPeek.receiverUfrag(in: UnsafeRawBufferPointer(bytes)) {
            guard let key = UfragKey(ufrag), let found = ufrags[key] else { return metrics.drop(.unknownUfrag) }
            handle = found
        } else {
            guard let entry = table.find(address) else { return metrics.drop(.stranger) }
            handle = entry.peer
        }
        guard let peer = peers[Int(handle.index)] else { return metrics.drop(.stranger) }
        _ = peer.session.receive(bytes, from: address, now: now)
        if peer.session.hasValidated(address) {
            learn(address, of: peer, source: source, stream: stream)
        }
        settle(peer, now: now)
    }

    /// Marks the meeting for the flush at the end of the batch.
    @inline(__always)
    func touch(_ meeting: MeetingMedia) {
        guard !meeting.isDirty else { return }
        meeting.isDirty = true
        dirtyMeetings.append(meeting)
    }
}
