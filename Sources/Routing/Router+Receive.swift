// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transport

extension Router {
    /// Takes a decrypted packet; it is stored once, and forwarded by the next flush.
    ///
    /// - Parameters:
    ///   - packet: header and payload, without SRTP's tag.
    ///   - extendedSequenceNumber: roll-over counter and sequence number, from the opener.
    public func receiveRTP(
        _ packet: UnsafeRawBufferPointer,
        header: RTPHeader,
        extendedSequenceNumber: UInt64,
        from handle: PeerHandle,
        now: Moment
    ) {
        clock = now
        guard let peer = sender(handle), let base = packet.baseAddress,
            let payloadLength = header.payloadLength(of: packet)
        else {
            counters.dropped &+= 1
            return
        }
        let values = HeaderExtensionValues.read(packet, header: header, map: peer.extensions)
        if let number = values.transportSequenceNumber {
            peer.arrivals.note(number, now: now)
            if let due = peer.arrivals.due { schedule(due) }
        }
        guard
            let binding = peer.bindings[header.ssrc]
                ?? bindStranger(packet, header: header, values: values, of: peer)
        else {
            counters.dropped &+= 1
            return
        }
        let stream = binding.stream
        let (type, isPaused) = stream.pointee.track._withUnsafeGuaranteedRef {
            ($0.payloadTypes[Int(header.payloadType & 0x7F)], $0.isPaused)
        }
        var record = PacketRecord()
        record.codec = (type & ~TrackState.repairFlag) &- 1
        var payload = UnsafeRawBufferPointer(start: base + header.headerLength, count: payloadLength)
        let isRepair = type & TrackState.repairFlag != 0
        guard type != 0, isRepair == binding.isRepair else {
            counters.dropped &+= 1
            return
        }
        record.extendedSequenceNumber = extendedSequenceNumber
        if isRepair {
            // RFC 4588 §4: the original sequence number, then the original payload. Less is padding, sent to probe.
            guard payload.count >= 2, stream.pointee.hasStarted,
                let original = extend(
                    UInt16(bigEndian: payload.loadUnaligned(as: UInt16.self)),
                    near: stream.pointee.highest
                )
            else {
                counters.dropped &+= 1
                return
            }
            record.extendedSequenceNumber = original
            payload = UnsafeRawBufferPointer(rebasing: payload.dropFirst(2))
        }
        guard payload.count <= PacketRing.slotSize,
            accept(record.extendedSequenceNumber, on: stream, isRepair: isRepair)
        else {
            counters.dropped &+= 1
            return
        }
        record.timestamp = header.timestamp
        record.length = UInt16(truncatingIfNeeded: payload.count)
        if header.marker { record.flags.insert(.marker) }
        if let level = values.audioLevel {
            record.audioLevel = level | (values.hasVoice ? 0x80 : 0)
            record.flags.insert(.audioLevel)
        }
        if !stream.pointee.isAudio {
            record.inspect(payload)
            if let range = values.dependencyDescriptor { record.inspect(dependencyDescriptor: range.bytes(in: packet)) }
        }
        let extended = record.extendedSequenceNumber
        stream.pointee.ring.record(extended).pointee = record
        if let bytes = payload.baseAddress {
            stream.pointee.ring.slot(extended).copyMemory(from: bytes, byteCount: payload.count)
        }
        if !isRepair {
            stream.pointee.statistics.packet(
                extended,
                timestamp: header.timestamp,
                clockRate: stream.pointee.clockRate,
                now: now
            )
        }
        counters.received &+= 1
        noteArrival(on: stream, record, isPaused: isPaused, now: now)
    }

    /// Whether the packet is new and still of use; keeps the register of missing ones.
    @inline(__always)
    private func accept(
        _ extended: UInt64,
        on stream: UnsafeMutablePointer<StreamState>,
        isRepair: Bool
    ) -> Bool {
        guard extended != PacketRecord.empty else { return false }
        guard stream.pointee.hasStarted else {
            stream.pointee.hasStarted = true
            stream.pointee.highest = extended
            stream.pointee.lowest = extended
            return true
        }
        let highest = stream.pointee.highest
        if extended > highest {
            if extended &- highest > 1 { noteGap(from: highest &+ 1, to: extended, on: stream) }
            stream.pointee.highest = extended
            return true
        }
        guard highest &- extended < stream.pointee.ring.capacity, !stream.pointee.ring.holds(extended) else {
            return false
        }
        if extended < stream.pointee.lowest {
            // The first packet to come was not the first that was sent: what lies between may be lost.
            if stream.pointee.lowest &- extended > 1 {
                noteGap(from: extended &+ 1, to: stream.pointee.lowest, on: stream)
            }
            stream.pointee.lowest = extended
        }
        if stream.pointee.missing.count > 0, stream.pointee.missing.repaired(extended, now: clock), isRepair {
            counters.repaired &+= 1
        }
        return true
    }

    @inline(never)
    private func noteGap(from first: UInt64, to end: UInt64, on stream: UnsafeMutablePointer<StreamState>) {
        if end &- first > StreamState.longestGap {
            // Not loss but a new beginning: viewers get it without the gap.
            stream.pointee.missing.removeAll()
            stream.pointee.clearPending()
            for forwarder in stream.pointee.track.takeUnretainedValue().forwarders
            where forwarder.state.pointee.current == stream { forwarder.endSegment() }
            if !stream.pointee.isAudio { requestKeyframe(stream) }
            return
        }
        // Audio is not repaired: what comes after a round trip comes too late.
        guard !stream.pointee.isAudio else { return }
        if stream.pointee.missing.noteGap(from: first, to: end, now: clock) {
            schedule(stream.pointee.missing.nextDue)
        } else {
            requestKeyframe(stream)
        }
    }

    @inline(__always)
    private func noteArrival(
        on stream: UnsafeMutablePointer<StreamState>,
        _ record: PacketRecord,
        isPaused: Bool,
        now: Moment
    ) {
        stream.pointee.lastArrival = now
        lastReceived = now
        if nextTick == nil {
            nextTick = now + SpeakerDetector.tick
            schedule(now + SpeakerDetector.tick)
        }
        if !stream.pointee.isActive { wake(stream) }
        if record.flags.contains(.keyframeStart) { stream.pointee.keyframes.cancel() }
        guard !isPaused else { return }
        if record.flags.contains(.audioLevel), stream.pointee.isAudio {
            stream.pointee.track._withUnsafeGuaranteedRef { $0.loudness.note(level: record.audioLevel) }
        }
        stream.pointee.pend(record.extendedSequenceNumber)
        if !stream.pointee.isDirty {
            stream.pointee.isDirty = true
            dirty.append(stream)
        }
    }

    @inline(never)
    private func wake(_ stream: UnsafeMutablePointer<StreamState>) {
        stream.pointee.isActive = true
        let track = stream.pointee.track.takeUnretainedValue()
        track.activeLayers |= 1 << UInt8(stream.pointee.layer)
        retarget(track)
    }

    /// Finds the stream that an unknown SSRC is by its mid, rid and repaired rid (RFC 8843 §9.2, RFC 8852).
    @inline(never)
    private func bindStranger(
        _ packet: UnsafeRawBufferPointer,
        header: RTPHeader,
        values: HeaderExtensionValues,
        of peer: Peer
    ) -> StreamBindings.Binding? {
        guard let mid = values.mid,
            let track = peer.tracks.first(where: { track in
                track.published.map { mid.equals($0.mid, in: packet) } == true
            }),
            let encodings = track.published?.encodings
        else { return nil }
        let type = track.payloadTypes[Int(header.payloadType & 0x7F)]
        guard type != 0 else { return nil }
        let isRepair = type & TrackState.repairFlag != 0
        let name = isRepair ? values.repairedRid ?? values.rid : values.rid
        let layer: Int
        if encodings.count == 1, encodings[0].rid == nil {
            layer = 0
        } else if let name {
            guard
                let index = encodings.firstIndex(where: { encoding in
                    encoding.rid.map { name.equals($0, in: packet) } == true
                })
            else { return nil }
            layer = index
        } else {
            return nil
        }
        guard track.streams.indices.contains(layer) else { return nil }
        let stream = track.streams[layer].state
        // Starting a stream over is work: a flood of fresh SSRCs may not cause it more often than people restart.
        let isTakeover = !isRepair && stream.pointee.ssrc != nil
        if isTakeover, let last = peer.lastBindingAt, clock - last < .milliseconds(100) { return nil }
        if isTakeover { peer.lastBindingAt = clock }
        bind(header.ssrc, to: stream, isRepair: isRepair, of: peer)
        return peer.bindings[header.ssrc]
    }
}
