// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// One track as one viewer gets it: owns the state that ``Forwarder`` works on.
final class OutboundTrack {
    /// Packets that carry the mid at most, when the viewer never reports.
    static let midPackets = 200

    let subscription: SubscribedTrack
    var id: TrackID { subscription.id }
    var ssrc: UInt32 { subscription.ssrc }
    var rtxSSRC: UInt32? { subscription.rtxSSRC }
    var wish: SimulcastLayer
    let state: UnsafeMutablePointer<OutboundState>
    var forwarder: Forwarder { Forwarder(state: state) }

    /// - Parameters:
    ///   - next: the first extended sequence number, never used before under the viewer's key and this SSRC.
    ///   - nextRTX: the same for retransmissions.
    init(
        _ track: SubscribedTrack,
        viewer: PeerHandle,
        wish: SimulcastLayer,
        sealer: SRTPSealer?,
        next: UInt64,
        nextRTX: UInt64
    ) {
        subscription = track
        self.wish = wish
        var types = SIMD4<UInt8>(repeating: OutboundState.noPayloadType)
        var rtxTypes = types
        for codec in track.codecs where types[Int(codec.codec.rawValue & 3)] == OutboundState.noPayloadType {
            types[Int(codec.codec.rawValue & 3)] = codec.payloadType
            rtxTypes[Int(codec.codec.rawValue & 3)] = codec.rtxPayloadType ?? OutboundState.noPayloadType
        }
        let isAudio = track.id.source.isAudio
        let history = isAudio ? 128 : 1024
        let blocks = UnsafeMutablePointer<UInt8>.allocate(capacity: 4 * OutboundState.blockStride)
        let hasMid = OutboundTrack.prepareBlocks(blocks, track)
        state = .allocate(capacity: 1)
        state.initialize(
            to: OutboundState(
                peer: viewer,
                sealer: sealer.map { .passUnretained($0) },
                ssrc: track.ssrc,
                rtxSSRC: track.rtxSSRC,
                payloadTypes: types,
                rtxPayloadTypes: rtxTypes,
                clockRate: isAudio ? Codec.opus.clockRate : Codec.vp8.clockRate,
                isAudio: isAudio,
                segments: .allocate(capacity: OutboundState.segmentCount),
                sent: .allocate(capacity: history),
                sentMask: UInt64(history - 1),
                blocks: blocks,
                next: next,
                nextRTX: nextRTX,
                // Unguessable enough, and the same in every run.
                highestTimestamp: UInt32(truncatingIfNeeded: OutboundTrack.mix(UInt64(track.ssrc) << 1)),
                midsLeft: hasMid ? OutboundTrack.midPackets : 0
            )
        )
        state.pointee.segments.initialize(repeating: Segment(), count: OutboundState.segmentCount)
        state.pointee.sent.initialize(repeating: SentPacket(), count: history)
    }

    deinit {
        state.pointee.segments.deallocate()
        state.pointee.sent.deallocate()
        state.pointee.blocks.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// The viewer's key is another one: roll-over counters begin again, and nothing sent before can be sent again.
    func restart() {
        forwarder.endSegment()
        state.pointee.segments.update(repeating: Segment(), count: OutboundState.segmentCount)
        state.pointee.sent.update(repeating: SentPacket(), count: Int(state.pointee.sentMask) + 1)
        state.pointee.next &= 0xFFFF
        state.pointee.nextRTX &= 0xFFFF
        state.pointee.reportSentAt = nil
    }

    /// A first sequence number in the lower half, so that reordering can't confuse the first roll-over
    /// (RFC 3711 §3.3.1).
    static func firstSequenceNumber(ssrc: UInt32) -> UInt64 { mix(UInt64(ssrc)) & 0x7FFF }

    private static func mix(_ seed: UInt64) -> UInt64 {
        var mixed = seed &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Mid and audio level are all that viewers get: the other extensions are hop by hop, or describe streams that
    /// rewriting has joined. True when the mid can be sent.
    private static func prepareBlocks(_ blocks: UnsafeMutablePointer<UInt8>, _ track: SubscribedTrack) -> Bool {
        blocks.initialize(repeating: 0, count: 4 * OutboundState.blockStride)
        let mid = Array(track.mid.utf8)
        let midID = track.extensions.id(of: .mid).flatMap { $0 <= 14 && (1...16).contains(mid.count) ? $0 : nil }
        let levelID = track.extensions.id(of: .audioLevel).flatMap { $0 <= 14 ? $0 : nil }
        for variant in 0..<4 {
            let block = blocks + variant * OutboundState.blockStride
            var elements: [UInt8] = []
            if variant & 1 != 0, let midID { elements += [midID << 4 | UInt8(mid.count - 1)] + mid }
            if variant & 2 != 0, let levelID {
                block[1] = UInt8(4 + elements.count + 1)
                elements += [levelID << 4, 0]
            }
            guard !elements.isEmpty else { continue }
            while elements.count % 4 != 0 { elements.append(0) }
            let bytes: [UInt8] = [0xBE, 0xDE, 0, UInt8(elements.count / 4)] + elements
            block[0] = UInt8(bytes.count)
            for (offset, byte) in bytes.enumerated() { block[2 + offset] = byte }
        }
        return midID != nil
    }
}
