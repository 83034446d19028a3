// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// Makes the packets of one synthetic track, seals them, and keeps the last ones for retransmission.
///
/// Confined to the media loop's thread.
final class RTPProducer {
    /// How a track was negotiated: what goes into its packets' headers.
    struct Parameters {
        var ssrc: UInt32
        var rtxSSRC: UInt32?
        var payloadType: UInt8
        var rtxPayloadType: UInt8?
        var extensions: HeaderExtensionMap
    }

    let track: SyntheticTrack
    let parameters: Parameters
    private(set) var due: Moment
    private var keyFrameWanted = true

    private var sequenceNumber: UInt64
    private var rtxSequenceNumber: UInt64
    private var timestampBase: UInt32
    private var frame: Int64 = 0
    private var transportSequenceNumber: UInt16 = 0
    private var sentPackets: UInt32 = 0
    private var sentBytes: UInt32 = 0
    private var reportDue: Moment

    private static let historyLength = 512
    private static let slotLength = 1_504
    private let history: UnsafeMutableRawBufferPointer
    private var historyLengths = [Int](repeating: 0, count: RTPProducer.historyLength)
    private let scratch: UnsafeMutableRawBufferPointer

    init(track: SyntheticTrack, parameters: Parameters, now: Moment, randomness: inout some Randomness) {
        self.track = track
        self.parameters = parameters
        due = now
        reportDue = now + .milliseconds(200)
        sequenceNumber = UInt64(UInt16(truncatingIfNeeded: randomness.next()) >> 1)
        rtxSequenceNumber = UInt64(UInt16(truncatingIfNeeded: randomness.next()) >> 1)
        timestampBase = UInt32(truncatingIfNeeded: randomness.next())
        history = .allocate(byteCount: Self.historyLength * Self.slotLength, alignment: 16)
        history.initializeMemory(as: UInt8.self, repeating: 0xA5)
        scratch = .allocate(byteCount: Self.slotLength, alignment: 16)
    }

    deinit {
        history.deallocate()
        scratch.deallocate()
    }

    func requestKeyFrame() { keyFrameWanted = true }

    /// Sends every frame that is due; a producer that fell behind by more than ten frames skips the rest.
    func produce(now: Moment, sealer: SRTPSealer, send: (UnsafeRawBufferPointer) -> Void) {
        if now - due > track.frameInterval * 10 { due = now }
        while due <= now {
            sendFrame(now: now, sealer: sealer, send: send)
            due = due + track.frameInterval
            frame += 1
        }
        if reportDue <= now {
            reportDue = now + .seconds(1)
            sendReport(now: now, sealer: sealer, send: send)
        }
    }

    /// Answers a NACK (RFC 4585 §6.2.1): through RTX (RFC 4588 §4) where negotiated, else the very same packet again.
    func resend(_ lost: UInt16, sealer: SRTPSealer, send: (UnsafeRawBufferPointer) -> Void) {
        let back = UInt64(UInt16(truncatingIfNeeded: sequenceNumber) &- lost)
        guard back > 0, back <= UInt64(Self.historyLength), back <= sequenceNumber else { return }
        let extended = sequenceNumber - back
        let index = Int(extended % UInt64(Self.historyLength))
        let length = historyLengths[index]
        let slot = UnsafeRawBufferPointer(rebasing: history[index * Self.slotLength..<index * Self.slotLength + length])
        guard length > 0, let header = RTPHeader.parse(slot), header.sequenceNumber == lost,
            let bytes = scratch.baseAddress
        else { return }
        guard let rtxSSRC = parameters.rtxSSRC, let rtxPayloadType = parameters.rtxPayloadType else {
            scratch.copyBytes(from: slot)
            seal(bytes, length: length, header: header, extended: extended, sealer: sealer, send: send)
            return
        }
        var rtx = header
        rtx.ssrc = rtxSSRC
        rtx.payloadType = rtxPayloadType
        rtx.sequenceNumber = UInt16(truncatingIfNeeded: rtxSequenceNumber)
        scratch.copyBytes(from: slot[..<header.headerLength])
        guard RTPHeaderWriter(scratch, header: rtx) != nil, length + 2 + 16 <= Self.slotLength else { return }
        if header.extensionLength > 0 { scratch[0] |= 0x10 }
        scratch[header.headerLength] = UInt8(truncatingIfNeeded: lost >> 8)
        scratch[header.headerLength + 1] = UInt8(truncatingIfNeeded: lost)
        (bytes + header.headerLength + 2).copyMemory(
            from: slot.baseAddress! + header.headerLength,
            byteCount: length - header.headerLength
        )
        seal(bytes, length: length + 2, header: rtx, extended: rtxSequenceNumber, sealer: sealer, send: send)
        rtxSequenceNumber += 1
    }

    private func sendFrame(now: Moment, sealer: SRTPSealer, send: (UnsafeRawBufferPointer) -> Void) {
        let isKeyFrame = keyFrameWanted && !track.source.isAudio
        if isKeyFrame { keyFrameWanted = false }
        let elapsed = frame &* (track.frameInterval.nanoseconds / 1_000) &* track.clockRate / 1_000_000
        let timestamp = timestampBase &+ UInt32(truncatingIfNeeded: elapsed)
        for number in 0..<track.packetsPerFrame {
            let isLast = number == track.packetsPerFrame - 1
            let index = Int(sequenceNumber % UInt64(Self.historyLength))
            let slot = UnsafeMutableRawBufferPointer(
                rebasing: history[index * Self.slotLength..<(index + 1) * Self.slotLength]
            )
            let header = RTPHeader(
                marker: track.source.isAudio ? frame == 0 : isLast,
                payloadType: parameters.payloadType,
                sequenceNumber: UInt16(truncatingIfNeeded: sequenceNumber),
                timestamp: timestamp,
                ssrc: parameters.ssrc
            )
            guard let length = write(header, into: slot, isFirst: number == 0, isKeyFrame: isKeyFrame, now: now) else {
                return
            }
            historyLengths[index] = length
            scratch.copyBytes(from: slot[..<length])
            var sealed = header
            sealed.headerLength = headerLength
            seal(
                scratch.baseAddress!,
                length: length,
                header: sealed,
                extended: sequenceNumber,
                sealer: sealer,
                send: send
            )
            sequenceNumber += 1
            sentPackets &+= 1
            sentBytes &+= UInt32(truncatingIfNeeded: length - headerLength)
        }
    }

    private var headerLength = RTPHeader.fixedLength

    private func write(
        _ header: RTPHeader,
        into slot: UnsafeMutableRawBufferPointer,
        isFirst: Bool,
        isKeyFrame: Bool,
        now: Moment
    ) -> Int? {
        guard var writer = RTPHeaderWriter(slot, header: header) else { return nil }
        if let id = parameters.extensions.id(of: .transportSequenceNumber) {
            _ = writer.append(id: id, transportSequenceNumber: transportSequenceNumber)
            transportSequenceNumber &+= 1
        }
        if track.source.isAudio, let id = parameters.extensions.id(of: .audioLevel) {
            _ = writer.append(id: id, audioLevel: 30, hasVoice: true)
        }
        var offset = writer.finish()
        headerLength = offset
        if !track.source.isAudio {
            // RFC 7741 §4.2: X; S on the first packet of a frame; I with a 15-bit picture id. Then the first byte of the
            // frame, whose lowest bit is 0 on key frames (§4.3).
            let picture = UInt16(truncatingIfNeeded: frame) & 0x7FFF
            slot[offset] = isFirst ? 0x90 : 0x80
            slot[offset + 1] = 0x80
            slot[offset + 2] = 0x80 | UInt8(truncatingIfNeeded: picture >> 8)
            slot[offset + 3] = UInt8(truncatingIfNeeded: picture)
            slot[offset + 4] = isFirst ? (isKeyFrame ? 0x10 : 0x11) : 0xAA
            offset += 5
        }
        slot.baseAddress!.storeBytes(of: now.nanoseconds, toByteOffset: offset, as: Int64.self)
        return max(track.packetLength, offset + 8)
    }

    private func seal(
        _ bytes: UnsafeMutableRawPointer,
        length: Int,
        header: RTPHeader,
        extended: UInt64,
        sealer: SRTPSealer,
        send: (UnsafeRawBufferPointer) -> Void
    ) {
        let sealed = sealer.seal(
            bytes,
            length: length,
            capacity: Self.slotLength,
            headerLength: header.headerLength,
            ssrc: header.ssrc,
            sequenceNumber: header.sequenceNumber,
            rolloverCounter: UInt32(truncatingIfNeeded: extended >> 16)
        )
        if sealed > 0 { send(UnsafeRawBufferPointer(start: bytes, count: sealed)) }
    }

    private func sendReport(now: Moment, sealer: SRTPSealer, send: (UnsafeRawBufferPointer) -> Void) {
        let elapsed = frame &* (track.frameInterval.nanoseconds / 1_000) &* track.clockRate / 1_000_000
        let seconds = UInt64(bitPattern: now.nanoseconds / 1_000_000_000)
        let fraction = UInt64(bitPattern: now.nanoseconds % 1_000_000_000) << 32 / 1_000_000_000
        let report = SenderReport(
            ssrc: parameters.ssrc,
            ntpTime: seconds << 32 | fraction,
            rtpTime: timestampBase &+ UInt32(truncatingIfNeeded: elapsed),
            packetCount: sentPackets,
            octetCount: sentBytes,
            reports: []
        )
        let plain = RTCPCompound.write([.senderReport(report)])
        scratch.copyBytes(from: plain)
        let sealed = sealer.sealRTCP(scratch.baseAddress!, length: plain.count, capacity: Self.slotLength)
        if sealed > 0 { send(UnsafeRawBufferPointer(rebasing: scratch[..<sealed])) }
    }
}
