// SPDX-License-Identifier: Apache-2.0

public import Base
import Transport

extension Router {
    static let reportInterval = Interval.seconds(1)
    /// A layer that sends nothing for so long, while others do, is given up until it comes back.
    static let layerPatience = Interval.seconds(1)

    /// Does what is due: NACKs, feedback, keyframe requests, reports, speakers.
    public func handleTimeout(now: Moment, into queue: TransmitQueue, whenFull: () -> Void) {
        clock = now
        guard deadline <= now else { return }
        deadline = Moment(nanoseconds: .max)
        if let due = nextTick, due <= now { tick(now: now) }
        if let due = nextTick { schedule(due) }
        let areReportsDue = viewersDue <= now
        if areReportsDue { viewersDue = Moment(nanoseconds: .max) }
        for peer in peers.values {
            guard peer.sealer != nil else { continue }
            var packets: [RTCPPacket] = []
            if !peer.tracks.isEmpty { collectFeedback(of: peer, now: now, into: &packets) }
            if areReportsDue, let due = peer.nextReport {
                if due <= now {
                    collectReceiverReport(of: peer, now: now, into: &packets)
                    collectSenderReports(for: peer, now: now, into: &packets)
                    let isIdle = peer.tracks.isEmpty && peer.outbounds.isEmpty
                    peer.nextReport = isIdle ? nil : now + Router.reportInterval
                }
                if let next = peer.nextReport { viewersDue = min(viewersDue, next) }
            }
            if !packets.isEmpty { send(packets, to: peer, into: queue, whenFull: whenFull) }
        }
        schedule(viewersDue)
    }

    // MARK: To publishers

    private func collectFeedback(of peer: Peer, now: Moment, into packets: inout [RTCPPacket]) {
        for track in peer.tracks {
            for stream in track.streams { collectRequests(stream.state, now: now, into: &packets) }
        }
        if let due = peer.arrivals.due {
            if due <= now {
                let media = peer.tracks.lazy.flatMap(\.streams).compactMap(\.state.pointee.ssrc).first ?? 0
                packets += peer.arrivals.takeFeedback(senderSSRC: Router.ownSSRC, mediaSSRC: media)
            } else {
                schedule(due)
            }
        }
    }

    private func collectRequests(
        _ stream: UnsafeMutablePointer<StreamState>,
        now: Moment,
        into packets: inout [RTCPPacket]
    ) {
        if stream.pointee.missing.count > 0, stream.pointee.missing.nextDue <= now, let ssrc = stream.pointee.ssrc {
            let highest = stream.pointee.highest
            let oldest = highest > stream.pointee.ring.capacity / 2 ? highest - stream.pointee.ring.capacity / 2 : 0
            let (ask, gaveUp) = stream.pointee.missing.takeDue(now: now, oldest: oldest)
            if !ask.isEmpty {
                let lost = ask.lazy.map { UInt16(truncatingIfNeeded: $0) }
                packets.append(
                    .genericNACK(GenericNACK(senderSSRC: Router.ownSSRC, mediaSSRC: ssrc, lost: lost))
                )
                counters.nacksSent &+= 1
            }
            if gaveUp { requestKeyframe(stream) }
        }
        if stream.pointee.missing.count > 0 { schedule(stream.pointee.missing.nextDue) }
        if let ssrc = stream.pointee.ssrc {
            if stream.pointee.keyframes.takeDue(now: now) {
                packets.append(
                    .pictureLossIndication(PictureLossIndication(senderSSRC: Router.ownSSRC, mediaSSRC: ssrc))
                )
                counters.keyframesRequested &+= 1
            }
        } else {
            stream.pointee.keyframes.postpone(to: now + KeyframeRequests.spacing)
        }
        if stream.pointee.keyframes.isWanted { schedule(stream.pointee.keyframes.due) }
    }

    private func collectReceiverReport(of peer: Peer, now: Moment, into packets: inout [RTCPPacket]) {
        var blocks: [ReportBlock] = []
        var worstLoss: UInt8 = 0
        var worstJitter = Interval.zero
        var roundTrip: Interval?
        for track in peer.tracks {
            for stream in track.streams {
                guard let ssrc = stream.state.pointee.ssrc, stream.state.pointee.hasStarted else { continue }
                let fractionLost = stream.state.pointee.statistics.takeFractionLost()
                let statistics = stream.state.pointee.statistics
                let clockRate = Int64(max(stream.state.pointee.clockRate, 1))
                worstLoss = max(worstLoss, fractionLost)
                worstJitter = max(
                    worstJitter,
                    .microseconds(Int64(statistics.jitter) * 1_000_000 / clockRate)
                )
                if let trip = stream.state.pointee.missing.roundTrip { roundTrip = max(roundTrip ?? .zero, trip) }
                var block = ReportBlock(
                    ssrc: ssrc,
                    fractionLost: fractionLost,
                    cumulativeLost: statistics.cumulativeLost,
                    highestSequenceNumber: UInt32(truncatingIfNeeded: statistics.highest),
                    jitter: statistics.jitter
                )
                if let report = stream.state.pointee.senderReport {
                    block.lastSenderReport = UInt32(truncatingIfNeeded: report.ntp >> 16)
                    block.delaySinceLastSenderReport = UInt32(
                        clamping: ClockMapping.ntpSpan(now - report.receivedAt) >> 16
                    )
                }
                blocks.append(block)
            }
        }
        guard !blocks.isEmpty else { return }
        packets.append(.receiverReport(ReceiverReport(ssrc: Router.ownSSRC, reports: Array(blocks.prefix(31)))))
        packets.append(
            .sourceDescription(
                SourceDescription(chunks: [.init(ssrc: Router.ownSSRC, canonicalName: "vigil")])
            )
        )
        if let participant = peer.tracks.first?.id.participant,
            let quality = peer.quality.report(fractionLost: worstLoss, jitter: worstJitter, roundTrip: roundTrip)
        {
            unsaidQualities.removeAll { $0.participant == participant }
            unsaidQualities.insert((participant, quality), at: 0)
        }
    }

    // MARK: To viewers

    /// Sender reports in terms of what the viewer sees: the publisher's wall clock, our timestamps and counts.
    private func collectSenderReports(for peer: Peer, now: Moment, into packets: inout [RTCPPacket]) {
        var chunks: [SourceDescription.Chunk] = []
        for outbound in peer.outbounds {
            let state = outbound.state
            guard let stream = state.pointee.current, let report = stream.pointee.senderReport,
                now - report.receivedAt < .seconds(60)
            else { continue }
            let age = now - report.receivedAt
            let ntp = report.ntp &+ UInt64(bitPattern: ClockMapping.ntpSpan(age))
            let rtp =
                report.rtp &+ ClockMapping.units(age, clockRate: state.pointee.clockRate)
                &+ state.pointee.segments[state.pointee.segment].timestampDelta
            let packet = SenderReport(
                ssrc: outbound.ssrc,
                ntpTime: ntp,
                rtpTime: rtp,
                packetCount: state.pointee.packetCount,
                octetCount: state.pointee.octetCount
            )
            state.pointee.reportMiddle = packet.compactNTPTime
            state.pointee.reportSentAt = now
            packets.append(.senderReport(packet))
            chunks.append(.init(ssrc: outbound.ssrc, canonicalName: outbound.id.participant.text))
            if chunks.count == 16 {
                packets.append(.sourceDescription(SourceDescription(chunks: chunks)))
                chunks = []
            }
        }
        if !chunks.isEmpty { packets.append(.sourceDescription(SourceDescription(chunks: chunks))) }
    }

    // MARK: Sending

    /// We send no media of our own; control packets need some SSRC. Sequence indices of SRTCP count per key, so that
    /// using one everywhere is safe.
    static let ownSSRC: UInt32 = 1
    private static let largestControl = 1200

    /// As few datagrams as fit, each sealed.
    private func send(_ packets: [RTCPPacket], to peer: Peer, into queue: TransmitQueue, whenFull: () -> Void) {
        var datagram: [UInt8] = []
        for packet in packets {
            var writer = ByteWriter(reserving: 256)
            packet.write(into: &writer)
            if !datagram.isEmpty, datagram.count + writer.count > Router.largestControl {
                seal(datagram, to: peer, into: queue, whenFull: whenFull)
                datagram = []
            }
            datagram += writer.bytes
        }
        if !datagram.isEmpty { seal(datagram, to: peer, into: queue, whenFull: whenFull) }
    }

    private func seal(_ datagram: [UInt8], to peer: Peer, into queue: TransmitQueue, whenFull: () -> Void) {
        let capacity = datagram.count + 64
        guard let sealer = peer.sealer else { return }
        var room = queue.reserve(maximum: capacity)
        if room == nil {
            whenFull()
            room = queue.reserve(maximum: capacity)
        }
        guard let room else { return }
        datagram.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            room.copyMemory(from: base, byteCount: bytes.count)
        }
        queue.commit(
            length: sealer.sealRTCP(room, length: datagram.count, capacity: capacity),
            peer: peer.handle
        )
    }

    // MARK: Speakers and layers

    private func tick(now: Moment) {
        var speaking: [(participant: ParticipantID, loudness: Int)] = []
        for track in tracks.values {
            if track.id.source == .microphone {
                track.loudness.tick()
                if track.loudness.isSpeaking { speaking.append((track.id.participant, track.loudness.loudness)) }
            }
            if !track.id.source.isAudio, !track.streams.isEmpty { checkLayers(of: track, now: now) }
        }
        // A dictionary's order is not the same in every run.
        speaking.sort { ($0.loudness, $0.participant.rawValue) > ($1.loudness, $1.participant.rawValue) }
        if let said = speakers.update(speaking, now: now) { unsaidSpeakers = said }
        let isQuiet = now - lastReceived > .seconds(3) && speaking.isEmpty
        nextTick = isQuiet ? nil : now + SpeakerDetector.tick
    }

    private func checkLayers(of track: TrackState, now: Moment) {
        let newest = track.streams.map(\.state.pointee.lastArrival).max() ?? now
        var hasChanged = false
        for stream in track.streams where stream.state.pointee.isActive {
            // When nothing comes at all, that is no reason to change layers.
            if newest - stream.state.pointee.lastArrival > Router.layerPatience {
                stream.state.pointee.isActive = false
                stream.state.pointee.keyframes.cancel()
                track.activeLayers &= ~(1 << UInt8(stream.state.pointee.layer))
                hasChanged = true
            }
        }
        if hasChanged { retarget(track) }
        guard !track.isPaused else { return }
        // Whoever still waits has it asked for again.
        for forwarder in track.forwarders where forwarder.state.pointee.sealer != nil {
            if let target = forwarder.state.pointee.target, target != forwarder.state.pointee.current,
                target.pointee.isActive
            {
                requestKeyframe(target)
            }
        }
    }
}
