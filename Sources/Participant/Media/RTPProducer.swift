// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// Makes the frames of one synthetic track, seals them, cuts them into packets and keeps the last ones for retransmission.
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
    private let frames: any FrameSealer
    private(set) var due: Moment
    private var keyFrameWanted = true

    private var sequenceNumber: UInt64
    private var rtxSequenceNumber: UInt64
    private var timestampBase: UInt32
    private var frame: Int64 = 0
    private let headerLength: Int
    private let pieceLength: Int
    private var transportSequenceNumber: UInt16 = 0
    private var sentPackets: UInt32 = 0
    private var sentBytes: UInt32 = 0
    private var reportDue: Moment

    private static let historyLength = 512
    private static let slotLength = 1_504
    private let history: UnsafeMutableRawBufferPointer
    private var historyLengths = [Int](repeating: 0, count: RTPProducer.historyLength)
    private let scratch: UnsafeMutableRawBufferPointer

    /// Room for the header and the tag that sealing adds (RFC 9605 §4.3): long key identifiers and counters.
    private static let sealingRoom = 1 + 4 + 8 + 16

    init(
        track: SyntheticTrack,
        parameters: Parameters,
        frames: any FrameSealer,
        now: Moment,
        randomness: inout some Randomness
    ) {
        self.track = track
        self.parameters = parameters
        self.frames = frames
        headerLength = Self.headerLength(parameters.extensions, isAudio: track.source.isAudio)
        pieceLength = track.packetLength - headerLength - PayloadDescriptor.length(track.codec)
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

    /// A frame that can't be sealed isn't sent: there is no other way than sealed.
    private func sendFrame(now: Moment, sealer: SRTPSealer, send: (UnsafeRawBufferPointer) -> Void) {
        let isKeyFrame = keyFrameWanted && !track.source.isAudio
        let made = SyntheticFrame.make(
            track.codec,
            isKeyFrame: isKeyFrame,
            number: UInt32(truncatingIfNeeded: frame),
            length: track.packetsPerFrame * pieceLength - Self.sealingRoom,
            now: now
        )
        guard let bytes = try? frames.seal(made.bytes, clear: made.clear, as: track.source) else { return }
        if isKeyFrame { keyFrameWanted = false }
        let elapsed = frame &* (track.frameInterval.nanoseconds / 1_000) &* track.clockRate / 1_000_000
        let timestamp = timestampBase &+ UInt32(truncatingIfNeeded: elapsed)
        var offset = 0
        while offset < bytes.count {
            let end = min(offset + pieceLength, bytes.count)
            sendPacket(
                bytes[offset..<end],
                timestamp: timestamp,
                descriptor: PayloadDescriptor(
                    codec: track.codec,
                    picture: UInt16(truncatingIfNeeded: frame) & 0x7FFF,
                    isKeyFrame: isKeyFrame,
                    isFirst: offset == 0,
                    isLast: end == bytes.count
                ),
                sealer: sealer,
                send: send
            )
            offset = end
        }
    }

    private func sendPacket(
        _ piece: ArraySlice<UInt8>,
        timestamp: UInt32,
        descriptor: PayloadDescriptor,
        sealer: SRTPSealer,
        send: (UnsafeRawBufferPointer) -> Void
    ) {
        let index = Int(sequenceNumber % UInt64(Self.historyLength))
        let slot = UnsafeMutableRawBufferPointer(
            rebasing: history[index * Self.slotLength..<(index + 1) * Self.slotLength]
        )
        var header = RTPHeader(
            marker: track.source.isAudio ? frame == 0 : descriptor.isLast,
            payloadType: parameters.payloadType,
            sequenceNumber: UInt16(truncatingIfNeeded: sequenceNumber),
            timestamp: timestamp,
            ssrc: parameters.ssrc
        )
        guard write(header, into: slot) else { return }
        let payload = UnsafeMutableRawBufferPointer(rebasing: slot[headerLength...])
        descriptor.write(to: payload)
        let start = PayloadDescriptor.length(track.codec)
        piece.withUnsafeBytes {
            payload.baseAddress!.advanced(by: start).copyMemory(from: $0.baseAddress!, byteCount: $0.count)
        }
        let length = headerLength + start + piece.count
        historyLengths[index] = length
        scratch.copyBytes(from: slot[..<length])
        header.headerLength = headerLength
        seal(
            scratch.baseAddress!,
            length: length,
            header: header,
            extended: sequenceNumber,
            sealer: sealer,
            send: send
        )
        sequenceNumber += 1
        sentPackets &+= 1
        sentBytes &+= UInt32(truncatingIfNeeded: length - headerLength)
    }

    private func write(_ header: RTPHeader, into slot: UnsafeMutableRawBufferPointer) -> Bool {
        guard var writer = RTPHeaderWriter(slot, header: header) else { return false }
        Self.append(
            parameters.extensions,
            isAudio: track.source.isAudio,
            transportSequenceNumber: transportSequenceNumber,
            to: &writer
        )
        transportSequenceNumber &+= 1
        return writer.finish() == headerLength
    }

    private static func append(
        _ extensions: HeaderExtensionMap,
        isAudio: Bool,
        transportSequenceNumber: UInt16,
        to writer: inout RTPHeaderWriter
    ) {
        if let id = extensions.id(of: .transportSequenceNumber) {
            _ = writer.append(id: id, transportSequenceNumber: transportSequenceNumber)
        }
        if isAudio, let id = extensions.id(of: .audioLevel) {
            _ = writer.append(id: id, audioLevel: 30, hasVoice: true)
        }
    }

    /// Every packet's header has the same elements.
    private static func headerLength(_ extensions: HeaderExtensionMap, isAudio: Bool) -> Int {
        withUnsafeTemporaryAllocation(byteCount: 128, alignment: 16) { buffer in
            let header = RTPHeader(marker: false, payloadType: 0, sequenceNumber: 0, timestamp: 0, ssrc: 0)
            guard var writer = RTPHeaderWriter(buffer, header: header) else { return RTPHeader.fixedLength }
            append(extensions, isAudio: isAudio, transportSequenceNumber: 0, to: &writer)
            return writer.finish()
        }
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
