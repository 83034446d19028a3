// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// Rewrites, seals and queues the packets of one track for one viewer. A trivial handle on ``OutboundState``: the loop
/// over viewers and packets counts no references and allocates nothing.
///
/// Numbers: a sequence number is used for one packet only. A number below `next` is sent again only if ``SentPacket`` still
/// shows what it stood for, and then with the same bytes; what is too old to be remembered is never sent.
struct Forwarder {
    /// Header, extensions, original sequence number, payload and tag fit.
    static let largestDatagram = PacketRing.slotSize + 96

    let state: UnsafeMutablePointer<OutboundState>

    /// Forwards what is pending on `stream`, which belongs to this viewer's track.
    @inline(__always)
    func deliver(
        _ stream: UnsafeMutablePointer<StreamState>,
        now: Moment,
        into queue: TransmitQueue,
        whenFull: () -> Void
    ) {
        guard state.pointee.sealer != nil else { return }
        if state.pointee.current == stream {
            let segment = state.pointee.segments + state.pointee.segment
            for index in 0..<stream.pointee.pendingCount {
                let extended = stream.pointee.pending(at: index)
                if extended >= segment.pointee.firstIn {
                    forward(extended, of: segment, now: now, into: queue, whenFull: whenFull)
                } else {
                    forwardLate(extended, of: stream, now: now, into: queue, whenFull: whenFull)
                }
            }
            return
        }
        if refers(to: stream) {
            for index in 0..<stream.pointee.pendingCount {
                forwardLate(stream.pointee.pending(at: index), of: stream, now: now, into: queue, whenFull: whenFull)
            }
        }
        if state.pointee.target == stream, let start = firstEntry(of: stream) {
            begin(stream, at: start, now: now)
            // What overtook the keyframe's first packet is stored already.
            let segment = state.pointee.segments + state.pointee.segment
            forward(start, of: segment, now: now, into: queue, whenFull: whenFull)
            let highest = stream.pointee.highest
            var extended = start &+ 1
            if highest > extended, highest &- extended > stream.pointee.ring.mask {
                extended = highest &- stream.pointee.ring.mask
            }
            while extended <= highest {
                forward(extended, of: segment, now: now, into: queue, whenFull: whenFull)
                extended &+= 1
            }
        }
    }

    /// Whether late packets of `stream` may have a number waiting for them.
    @inline(__always)
    private func refers(to stream: UnsafeMutablePointer<StreamState>) -> Bool {
        for index in 0..<OutboundState.segmentCount where state.pointee.segments[index].stream == stream { return true }
        return false
    }

    /// The pending packet where a viewer may enter: any for audio, a keyframe's first for video.
    private func firstEntry(of stream: UnsafeMutablePointer<StreamState>) -> UInt64? {
        for index in 0..<stream.pointee.pendingCount {
            let extended = stream.pointee.pending(at: index)
            let record = stream.pointee.ring.record(extended).pointee
            guard record.extendedSequenceNumber == extended, state.pointee.canMap(record.codec) else { continue }
            if stream.pointee.isAudio || record.flags.contains(.keyframeStart) { return extended }
        }
        return nil
    }

    /// A packet of an earlier segment, or of none.
    @inline(never)
    private func forwardLate(
        _ extended: UInt64,
        of stream: UnsafeMutablePointer<StreamState>,
        now: Moment,
        into queue: TransmitQueue,
        whenFull: () -> Void
    ) {
        for index in 0..<OutboundState.segmentCount {
            let segment = state.pointee.segments + index
            guard segment.pointee.stream == stream, extended >= segment.pointee.firstIn,
                extended <= segment.pointee.lastIn
            else { continue }
            forward(extended, of: segment, now: now, into: queue, whenFull: whenFull)
            return
        }
    }

    @inline(__always)
    private func forward(
        _ extended: UInt64,
        of segment: UnsafeMutablePointer<Segment>,
        now: Moment,
        into queue: TransmitQueue,
        whenFull: () -> Void
    ) {
        guard let stream = segment.pointee.stream else { return }
        let record = stream.pointee.ring.record(extended)
        guard record.pointee.extendedSequenceNumber == extended, state.pointee.canMap(record.pointee.codec) else {
            return
        }
        let outgoing = extended &+ segment.pointee.sequenceDelta
        let entry = state.pointee.sent + Int(truncatingIfNeeded: outgoing & state.pointee.sentMask)
        let next = state.pointee.next
        if outgoing >= next {
            state.pointee.next = outgoing &+ 1
            state.pointee.highestTimestamp = record.pointee.timestamp &+ segment.pointee.timestampDelta
            state.pointee.highestTimestampAt = now
            let counters = record.pointee.counters
            if counters.hasPictureID {
                state.pointee.lastPictureID = counters.pictureID &+ segment.pointee.pictureIDDelta
            }
            if counters.hasTL0 { state.pointee.lastTL0 = counters.tl0 &+ segment.pointee.tl0Delta }
        } else if next &- outgoing > state.pointee.sentMask || entry.pointee.extendedSequenceNumber == outgoing {
            return
        }
        let carriesMid = state.pointee.midsLeft > 0
        guard
            emit(record, of: segment, as: outgoing, carriesMid: carriesMid, into: queue, whenFull: whenFull)
        else { return }
        entry.pointee = SentPacket(
            extendedSequenceNumber: outgoing,
            lastSent: Forwarder.milliseconds(now),
            carriesMid: carriesMid
        )
        if carriesMid { state.pointee.midsLeft &-= 1 }
        state.pointee.packetCount &+= 1
        state.pointee.octetCount &+= UInt32(record.pointee.length)
    }

    /// Writes the packet as it was or will be sent under `outgoing`. The same arguments give the same bytes, always.
    @inline(__always)
    private func emit(
        _ record: UnsafeMutablePointer<PacketRecord>,
        of segment: UnsafeMutablePointer<Segment>,
        as outgoing: UInt64,
        carriesMid: Bool,
        into queue: TransmitQueue,
        whenFull: () -> Void
    ) -> Bool {
        guard let stream = segment.pointee.stream, let sealer = state.pointee.sealer,
            let packet = Forwarder.room(in: queue, whenFull: whenFull)
        else { return false }
        let headerLength = writeHeader(
            packet,
            record.pointee,
            payloadType: state.pointee.payloadTypes[Int(record.pointee.codec & 3)],
            sequenceNumber: UInt16(truncatingIfNeeded: outgoing),
            ssrc: state.pointee.ssrc,
            timestamp: record.pointee.timestamp &+ segment.pointee.timestampDelta,
            carriesMid: carriesMid
        )
        writePayload(packet + headerLength, record.pointee, of: stream, segment)
        let length = sealer._withUnsafeGuaranteedRef {
            $0.seal(
                packet,
                length: headerLength &+ Int(record.pointee.length),
                capacity: Forwarder.largestDatagram,
                headerLength: headerLength,
                ssrc: state.pointee.ssrc,
                sequenceNumber: UInt16(truncatingIfNeeded: outgoing),
                rolloverCounter: UInt32(truncatingIfNeeded: outgoing >> 16)
            )
        }
        queue.commit(length: length, peer: state.pointee.peer)
        return length > 0
    }

    /// Sends `outgoing` again because the viewer asked: as RTX (RFC 4588 §4) where agreed, else the very same packet.
    /// A number that was skipped so far, though its packet is there, is sent for the first time.
    func resend(_ outgoing: UInt64, now: Moment, into queue: TransmitQueue, whenFull: () -> Void) {
        let next = state.pointee.next
        guard outgoing < next, next &- outgoing <= state.pointee.sentMask,
            let segment = segment(of: outgoing), let stream = segment.pointee.stream
        else { return }
        let extended = outgoing &- segment.pointee.sequenceDelta
        let record = stream.pointee.ring.record(extended)
        guard record.pointee.extendedSequenceNumber == extended else { return }
        let entry = state.pointee.sent + Int(truncatingIfNeeded: outgoing & state.pointee.sentMask)
        guard entry.pointee.extendedSequenceNumber == outgoing else {
            forward(extended, of: segment, now: now, into: queue, whenFull: whenFull)
            return
        }
        let rtxType = state.pointee.rtxPayloadTypes[Int(record.pointee.codec & 3)]
        guard let rtxSSRC = state.pointee.rtxSSRC, rtxType != OutboundState.noPayloadType else {
            _ = emit(
                record,
                of: segment,
                as: outgoing,
                carriesMid: entry.pointee.carriesMid,
                into: queue,
                whenFull: whenFull
            )
            return
        }
        guard let sealer = state.pointee.sealer, let packet = Forwarder.room(in: queue, whenFull: whenFull) else {
            return
        }
        let number = state.pointee.nextRTX
        let headerLength = writeHeader(
            packet,
            record.pointee,
            payloadType: rtxType,
            sequenceNumber: UInt16(truncatingIfNeeded: number),
            ssrc: rtxSSRC,
            timestamp: record.pointee.timestamp &+ segment.pointee.timestampDelta,
            carriesMid: entry.pointee.carriesMid
        )
        packet.storeBytes(
            of: UInt16(truncatingIfNeeded: outgoing).bigEndian,
            toByteOffset: headerLength,
            as: UInt16.self
        )
        writePayload(packet + headerLength + 2, record.pointee, of: stream, segment)
        let length = sealer._withUnsafeGuaranteedRef {
            $0.seal(
                packet,
                length: headerLength + 2 + Int(record.pointee.length),
                capacity: Forwarder.largestDatagram,
                headerLength: headerLength,
                ssrc: rtxSSRC,
                sequenceNumber: UInt16(truncatingIfNeeded: number),
                rolloverCounter: UInt32(truncatingIfNeeded: number >> 16)
            )
        }
        queue.commit(length: length, peer: state.pointee.peer)
        if length > 0 { state.pointee.nextRTX = number &+ 1 }
    }

    func segment(of outgoing: UInt64) -> UnsafeMutablePointer<Segment>? {
        for index in 0..<OutboundState.segmentCount {
            let segment = state.pointee.segments + index
            guard segment.pointee.stream != nil, outgoing >= segment.pointee.firstOut,
                outgoing &- segment.pointee.sequenceDelta <= segment.pointee.lastIn
            else { continue }
            return segment
        }
        return nil
    }

    @inline(__always)
    private static func room(in queue: TransmitQueue, whenFull: () -> Void) -> UnsafeMutableRawPointer? {
        if let packet = queue.reserve(maximum: largestDatagram) { return packet }
        whenFull()
        return queue.reserve(maximum: largestDatagram)
    }

    @inline(__always)
    private func writeHeader(
        _ packet: UnsafeMutableRawPointer,
        _ record: PacketRecord,
        payloadType: UInt8,
        sequenceNumber: UInt16,
        ssrc: UInt32,
        timestamp: UInt32,
        carriesMid: Bool
    ) -> Int {
        let hasLevel = record.flags.contains(.audioLevel)
        let block =
            state.pointee.blocks + ((carriesMid ? 1 : 0) | (hasLevel ? 2 : 0)) * OutboundState.blockStride
        let blockLength = Int(block[0])
        let first: UInt32 = blockLength > 0 ? 0x9000_0000 : 0x8000_0000
        let marker: UInt32 = record.flags.contains(.marker) ? 0x80_0000 : 0
        let word = first | marker | UInt32(payloadType & 0x7F) << 16 | UInt32(sequenceNumber)
        packet.storeBytes(of: word.bigEndian, as: UInt32.self)
        packet.storeBytes(of: timestamp.bigEndian, toByteOffset: 4, as: UInt32.self)
        packet.storeBytes(of: ssrc.bigEndian, toByteOffset: 8, as: UInt32.self)
        if blockLength > 0 {
            (packet + 12).copyMemory(from: block + 2, byteCount: blockLength)
            if block[1] != 0 {
                packet.storeBytes(of: record.audioLevel, toByteOffset: 12 &+ Int(block[1]), as: UInt8.self)
            }
        }
        return 12 &+ blockLength
    }

    @inline(__always)
    private func writePayload(
        _ payload: UnsafeMutableRawPointer,
        _ record: PacketRecord,
        of stream: UnsafeMutablePointer<StreamState>,
        _ segment: UnsafeMutablePointer<Segment>
    ) {
        payload.copyMemory(
            from: stream.pointee.ring.slot(record.extendedSequenceNumber),
            byteCount: Int(record.length)
        )
        record.counters.write(
            pictureID: record.counters.pictureID &+ segment.pointee.pictureIDDelta,
            tl0: record.counters.tl0 &+ segment.pointee.tl0Delta,
            to: payload
        )
    }

    @inline(__always)
    static func milliseconds(_ now: Moment) -> UInt32 {
        UInt32(truncatingIfNeeded: now.nanoseconds / 1_000_000)
    }
}
