// SPDX-License-Identifier: Apache-2.0

import Base
import CDatagram
import Transport

/// One peer connection of a participant: its socket, its session, what it sends and what it hears.
///
/// Confined to the media loop's thread.
final class MediaConnection {
    /// What belongs to a connection besides its socket.
    struct Parts {
        var session: PeerSession
        /// Of the participant whose connection it is.
        var cipher: FrameCipher
        var sampling = TrackSampling.all
        /// Told once when media can flow, and once when it no longer can.
        var onStateChange: @Sendable (_ isConnected: Bool) -> Void
    }

    let token: UInt64
    let socket: Int32
    let session: PeerSession
    private(set) var traffic = MediaTraffic()

    private let cipher: FrameCipher
    private let sampling: TrackSampling
    private let onStateChange: @Sendable (Bool) -> Void
    private let outbound: OpaquePointer
    private var producers: [RTPProducer] = []
    private var streams: [UInt32: ReceivedStream] = [:]
    private var mediaSSRC: [UInt32: UInt32] = [:]
    private var retired = ReceiveStatistics()
    private var retiredFrames: [TrackID: FrameStatistics] = [:]
    private var announcedTracks = 0
    private var keyGeneration = 0
    private var feedbackDue = Moment(nanoseconds: 0)
    private var reportDue = Moment(nanoseconds: 0)
    private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1_504, alignment: 16)

    init(token: UInt64, socket: Int32, parts: Parts) {
        self.token = token
        self.socket = socket
        session = parts.session
        cipher = parts.cipher
        sampling = parts.sampling
        onStateChange = parts.onStateChange
        outbound = cdatagram_outbound_create(64, 10)
    }

    deinit {
        cdatagram_outbound_destroy(outbound)
        scratch.deallocate()
    }

    func add(_ producer: RTPProducer) { producers.append(producer) }

    /// Takes over what the newest offer announces; counts of streams that are gone are kept.
    func setStreams(_ announced: [SubscriberAnswer.Stream]) {
        var kept: [UInt32: ReceivedStream] = [:]
        mediaSSRC = [:]
        for stream in announced {
            if let known = streams[stream.ssrc], known.track == stream.track {
                kept[stream.ssrc] = known
            } else {
                kept[stream.ssrc] = receivedStream(stream)
            }
            if let rtx = stream.rtxSSRC { mediaSSRC[rtx] = stream.ssrc }
        }
        for (ssrc, stream) in streams where kept[ssrc] !== stream { retire(stream) }
        streams = kept
    }

    private func receivedStream(_ stream: SubscriberAnswer.Stream) -> ReceivedStream {
        let isOpened = sampling.includes(announcedTracks)
        announcedTracks += 1
        let receiver = isOpened ? TrackReceiver(stream.track, codec: stream.codec, cipher: cipher) : nil
        return ReceivedStream(ssrc: stream.ssrc, track: stream.track, codec: stream.codec, receiver: receiver)
    }

    private func retire(_ stream: ReceivedStream) {
        retired.add(stream.statistics)
        guard let receiver = stream.receiver else { return }
        retiredFrames[receiver.track, default: FrameStatistics()].add(receiver.statistics)
    }

    /// Of the tracks that are opened, those included that are gone.
    var frames: [TrackID: FrameStatistics] {
        var all = retiredFrames
        for stream in streams.values {
            guard let receiver = stream.receiver else { continue }
            if all[receiver.track] == nil {
                all[receiver.track] = receiver.statistics
            } else {
                all[receiver.track]?.add(receiver.statistics)
            }
        }
        return all
    }

    func forgetGaps() {
        for track in retiredFrames.keys { retiredFrames[track]?.forgetGaps() }
        for stream in streams.values { stream.receiver?.forgetGaps() }
    }

    /// Of every track that is announced or was.
    var counts: [TrackCount] {
        var counts = frames.map { track, frames in
            TrackCount(track: track, opened: frames.opened, refused: frames.refusedFrames, isOpened: true)
        }
        for stream in streams.values where stream.receiver == nil {
            counts.append(TrackCount(track: stream.track, opened: 0, refused: 0, isOpened: false))
        }
        return counts
    }

    var statistics: ReceiveStatistics {
        var sum = retired
        for stream in streams.values { sum.add(stream.statistics) }
        return sum
    }

    /// How many of the announced streams have brought anything.
    var liveStreams: Int { streams.values.count { $0.statistics.packets > 0 } }

    func receive(_ datagram: UnsafeMutableRawBufferPointer, from: cdatagram_endpoint, now: Moment) {
        traffic.received += datagram.count
        let address = TransportAddress(high: from.high, low: from.low, port: from.port)
        switch session.receive(datagram, from: address, now: now) {
        case .none: break
        case .rtp(let header, let length, let extended):
            receiveRTP(
                UnsafeMutableRawBufferPointer(rebasing: datagram[..<length]),
                header: header,
                extended: extended,
                now: now
            )
        case .rtcp(let length):
            receiveRTCP(UnsafeRawBufferPointer(rebasing: datagram[..<length]))
        }
        drainEvents()
    }

    func tick(now: Moment) {
        if let deadline = session.nextDeadline, deadline <= now { session.handleTimeout(now: now) }
        drainEvents()
        cipher.tick(now: now)
        if feedbackDue <= now || keyGeneration != cipher.generation {
            keyGeneration = cipher.generation
            for stream in streams.values { stream.receiver?.tick(now: now) }
        }
        guard let sealer = session.sealer else { return }
        for producer in producers where producer.due <= now {
            producer.produce(now: now, sealer: sealer) { send($0) }
        }
        if feedbackDue <= now {
            feedbackDue = now + .milliseconds(20)
            sendFeedback(now: now, sealer: sealer)
        }
    }

    /// Hands everything that waits to the kernel.
    func flush() {
        while let transmit = session.pollTransmit() {
            transmit.bytes.withUnsafeBytes { send($0, to: transmit.address) }
        }
    }

    func close(now: Moment) {
        session.close(now: now)
        flush()
    }

    private func drainEvents() {
        while let event = session.pollEvent() {
            switch event {
            case .connected: onStateChange(true)
            case .disconnected: onStateChange(false)
            case .addressChanged: break
            }
        }
    }

    private func receiveRTP(
        _ packet: UnsafeMutableRawBufferPointer,
        header: RTPHeader,
        extended: UInt64,
        now: Moment
    ) {
        let bytes = UnsafeRawBufferPointer(packet)
        guard let length = header.payloadLength(of: bytes) else { return }
        let payload = UnsafeRawBufferPointer(rebasing: bytes[header.headerLength..<header.headerLength + length])
        if let stream = streams[header.ssrc] {
            stream.receive(payload, header: header, extended: extended, wasRetransmitted: false, now: now)
        } else if let media = mediaSSRC[header.ssrc], let stream = streams[media] {
            // RFC 4588 §4: the original sequence number stands before the payload.
            guard length >= 2 else { return }
            let original = UInt16(payload[0]) << 8 | UInt16(payload[1])
            guard let restored = stream.extend(original) else { return }
            stream.receive(
                UnsafeRawBufferPointer(rebasing: payload[2...]),
                header: header,
                extended: restored,
                wasRetransmitted: true,
                now: now
            )
        }
    }

    private func receiveRTCP(_ compound: UnsafeRawBufferPointer) {
        guard let sealer = session.sealer, !producers.isEmpty else { return }
        for packet in RTCPCompound.parse(compound) {
            switch packet {
            case .genericNACK(let nack):
                guard let producer = producers.first(where: { $0.parameters.ssrc == nack.mediaSSRC }) else { continue }
                nack.forEach { lost in producer.resend(lost, sealer: sealer) { send($0) } }
            case .pictureLossIndication(let indication):
                producers.first { $0.parameters.ssrc == indication.mediaSSRC }?.requestKeyFrame()
            case .fullIntraRequest(let request):
                for entry in request.entries {
                    producers.first { $0.parameters.ssrc == entry.ssrc }?.requestKeyFrame()
                }
            default: break
            }
        }
    }

    private func sendFeedback(now: Moment, sealer: SRTPSealer) {
        var packets: [RTCPPacket] = []
        for stream in streams.values {
            let lost = stream.dueNACK(now: now)
            if !lost.isEmpty {
                packets.append(.genericNACK(GenericNACK(senderSSRC: 1, mediaSSRC: stream.ssrc, lost: lost)))
            }
        }
        if reportDue <= now, !streams.isEmpty {
            reportDue = now + .seconds(1)
            let blocks = streams.values.prefix(31).map { $0.reportBlock() }
            packets.insert(.receiverReport(ReceiverReport(ssrc: 1, reports: blocks)), at: 0)
        }
        guard !packets.isEmpty else { return }
        let compound = RTCPCompound.write(packets)
        guard compound.count + 32 <= scratch.count, let bytes = scratch.baseAddress else { return }
        scratch.copyBytes(from: compound)
        let sealed = sealer.sealRTCP(bytes, length: compound.count, capacity: scratch.count)
        if sealed > 0 { send(UnsafeRawBufferPointer(rebasing: scratch[..<sealed])) }
    }

    private func send(_ bytes: UnsafeRawBufferPointer) {
        guard let address = session.remoteAddress else { return }
        send(bytes, to: address)
    }

    private func send(_ bytes: UnsafeRawBufferPointer, to address: TransportAddress) {
        var endpoint = cdatagram_endpoint(high: address.high, low: address.low, port: address.port)
        guard cdatagram_outbound_add(outbound, bytes.baseAddress, bytes.count, 0, &endpoint, nil) else { return }
        traffic.sent += bytes.count
        _ = cdatagram_outbound_send(outbound, socket, 0)
        cdatagram_outbound_clear(outbound)
    }
}
