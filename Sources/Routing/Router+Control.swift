// SPDX-License-Identifier: Apache-2.0

public import Base
import Transport

extension Router {
    /// Takes a decrypted control packet: a publisher's sender reports; a viewer's reports, NACKs and keyframe requests.
    public func receiveRTCP(_ packet: UnsafeRawBufferPointer, from handle: PeerHandle, now: Moment) {
        clock = now
        guard let peer = peers[handle.index] else { return }
        for packet in RTCPCompound.parse(packet) {
            switch packet {
            case .senderReport(let report):
                if let binding = peer.bindings[report.ssrc], !binding.isRepair {
                    binding.stream.pointee.senderReport = ClockMapping(
                        ntp: report.ntpTime,
                        rtp: report.rtpTime,
                        receivedAt: now
                    )
                }
                for block in report.reports { take(block, from: peer) }
            case .receiverReport(let report):
                for block in report.reports { take(block, from: peer) }
            case .genericNACK(let nack):
                guard let outbound = outbound(nack.mediaSSRC, of: peer) else { continue }
                nack.forEach { askAgain($0, of: outbound.forwarder) }
            case .pictureLossIndication(let indication):
                keyframeWanted(indication.mediaSSRC, by: peer)
            case .fullIntraRequest(let request):
                for entry in request.entries { keyframeWanted(entry.ssrc, by: peer) }
            // Signalling says who left; bandwidth adaptation comes later.
            case .sourceDescription, .goodbye, .transportFeedback, .remb:
                continue
            }
        }
    }

    private func outbound(_ ssrc: UInt32, of peer: Peer) -> OutboundTrack? {
        peer.outbounds.first { $0.ssrc == ssrc }
    }

    /// A viewer's word on one of its streams (RFC 3550 §6.4.1).
    private func take(_ block: ReportBlock, from peer: Peer) {
        guard let outbound = outbound(block.ssrc, of: peer) else { return }
        let state = outbound.state
        // It knows the SSRC by now.
        state.pointee.midsLeft = 0
        guard let sentAt = state.pointee.reportSentAt, block.lastSenderReport == state.pointee.reportMiddle,
            block.lastSenderReport != 0
        else { return }
        let held = Int64(block.delaySinceLastSenderReport) * 1_000 / 65_536
        let trip = (clock - sentAt).nanoseconds / 1_000_000 - held
        guard trip >= 0, trip < 10_000 else { return }
        for outbound in peer.outbounds { outbound.state.pointee.roundTripMilliseconds = UInt32(trip) }
    }

    /// Notes a resend unless the packet was sent less than about a round trip ago, or too often, or is forgotten.
    private func askAgain(_ sequenceNumber: UInt16, of forwarder: Forwarder) {
        let state = forwarder.state
        guard resends.count < Router.maximumResends, let number = extend(sequenceNumber, near: state.pointee.next &- 1),
            number < state.pointee.next, state.pointee.next &- number <= state.pointee.sentMask
        else { return }
        let entry = state.pointee.sent + Int(truncatingIfNeeded: number & state.pointee.sentMask)
        let milliseconds = Forwarder.milliseconds(clock)
        if entry.pointee.extendedSequenceNumber == number {
            let wait = min(max(state.pointee.roundTripMilliseconds, 10), 200)
            // The first one is answered at once: it can't be impatience.
            if entry.pointee.resends > 0, milliseconds &- entry.pointee.lastSent < wait { return }
            guard entry.pointee.resends < Router.maximumResendsPerPacket else { return }
            entry.pointee.resends += 1
            entry.pointee.lastSent = milliseconds
        } else {
            // Never sent. Worth a try only once per flush, and only if it is here.
            guard let segment = forwarder.segment(of: number), let stream = segment.pointee.stream,
                stream.pointee.ring.holds(number &- segment.pointee.sequenceDelta),
                !resends.contains(where: { $0.number == number && $0.forwarder.state == state })
            else { return }
        }
        resends.append(Resend(forwarder: forwarder, number: number))
    }

    private static let maximumResendsPerPacket: UInt8 = 10

    private func keyframeWanted(_ ssrc: UInt32, by peer: Peer) {
        guard let outbound = outbound(ssrc, of: peer), let track = tracks[outbound.id], !track.isPaused,
            let stream = outbound.state.pointee.current ?? outbound.state.pointee.target, !stream.pointee.isAudio
        else { return }
        requestKeyframe(stream)
    }
}
