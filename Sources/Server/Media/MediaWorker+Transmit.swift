// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Routing
import Transport

extension MediaWorker {
    /// Lets the routers of touched meetings write what they have to say, and sends it.
    func flush(now: Moment) {
        guard !dirtyMeetings.isEmpty else { return }
        for meeting in dirtyMeetings {
            meeting.isDirty = false
            meeting.router.flush(now: now, into: queue) { transmit(now: now) }
        }
        transmit(now: now)
        for meeting in dirtyMeetings { meeting.afterRouter(now: now) }
        dirtyMeetings.removeAll(keepingCapacity: true)
    }

    /// Sends and empties the queue: one message for each run of equal packets to one receiver, up to 64 messages a system
    /// call.
    func transmit(now: Moment) {
        let entries = queue.entries
        guard !entries.isEmpty else { return }
        var datagrams = 0
        var index = 0
        while index < entries.count {
            let run = SegmentRun.next(in: entries, from: index)
            defer { index += run.count }
            guard let peer = peers[Int(run.peer.index)] else {
                metrics.drop(.noAddress, count: run.count)
                continue
            }
            switch peer.destination {
            case .datagram(let address, let source):
                send(run, to: address, from: source)
                datagrams += run.count
            case .stream(let stream):
                for entry in entries[index..<index + run.count] { append(queue.datagram(entry), to: stream, now: now) }
            case .none:
                metrics.drop(.noAddress, count: run.count)
            }
        }
        port.send(metrics: &metrics)
        if let oldestArrival {
            metrics.packetsForwarded &+= UInt64(entries.count)
            metrics.forwardingLatency.record(MediaClock.now() - oldestArrival, count: datagrams)
        }
        queue.removeAll()
    }

    @inline(__always)
    private func send(_ run: SegmentRun, to address: cdatagram_endpoint, from source: LocalAddress) {
        guard port.segmentation || run.count == 1 else {
            // Every datagram as its own message; still one system call for all.
            var offset = run.offset
            let end = run.offset + run.length
            while offset < end {
                let length = min(run.segment, end - offset)
                add(queue.bytes + offset, length: length, segment: 0, count: 1, to: address, from: source)
                offset += length
            }
            return
        }
        if run.count > 1 { metrics.segmentedRuns &+= 1 }
        add(
            queue.bytes + run.offset,
            length: run.length,
            segment: run.segment,
            count: run.count,
            to: address,
            from: source
        )
    }

    @inline(__always)
    private func add(
        _ bytes: UnsafeRawPointer,
        length: Int,
        segment: Int,
        count: Int,
        to address: cdatagram_endpoint,
        from source: LocalAddress
    ) {
        if port.append(bytes, length: length, segment: segment, count: count, to: address, from: source) { return }
        port.send(metrics: &metrics)
        _ = port.append(bytes, length: length, segment: segment, count: count, to: address, from: source)
    }

    /// Sends what a session itself has to say: connectivity checks' answers, handshake flights.
    func send(_ transmit: Transmit, of peer: MediaPeer) {
        transmit.bytes.withUnsafeBytes { bytes in
            if transmit.address.isTCP {
                guard let stream = streams[transmit.address.connection] else { return }
                append(bytes, to: stream, now: MediaClock.now())
            } else {
                let address = transmit.address
                let destination = cdatagram_endpoint(high: address.high, low: address.low, port: address.port)
                port.send(bytes, to: destination, from: table.find(address)?.source ?? .any, metrics: &metrics)
            }
        }
    }
}
