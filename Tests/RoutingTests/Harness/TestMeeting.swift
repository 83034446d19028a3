// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import Transport

/// A router with people around it, in virtual time. What it queues lands in the peers' inboxes at once.
final class TestMeeting {
    let router: Router
    /// Small, so that draining when full is part of every test.
    let queue = TransmitQueue(capacity: 16 << 10, maximumEntries: 8)
    var now = Moment(nanoseconds: 5_000_000_000)
    private(set) var peers: [Int32: TestPeer] = [:]
    /// Called instead of delivering at once, when set.
    var transport: ((TestPeer, [UInt8]) -> Void)?

    static let videoCodecs = [
        NegotiatedCodec(codec: .vp8, payloadType: 96, rtxPayloadType: 97),
        NegotiatedCodec(codec: .vp9, payloadType: 98, rtxPayloadType: 99),
    ]
    static let viewerVideoCodecs = [
        NegotiatedCodec(codec: .vp8, payloadType: 106, rtxPayloadType: 107),
        NegotiatedCodec(codec: .vp9, payloadType: 108, rtxPayloadType: 109),
    ]
    static let audioCodecs = [NegotiatedCodec(codec: .opus, payloadType: 111)]
    static let publisherMap = HeaderExtensionMap([
        (.mid, 1), (.rid, 2), (.repairedRid, 3), (.transportSequenceNumber, 4), (.audioLevel, 5),
        (.dependencyDescriptor, 6),
    ])
    static let viewerMap = HeaderExtensionMap([(.mid, 7), (.audioLevel, 8)])

    init(limits: RouterLimits = RouterLimits()) {
        router = Router(limits: limits)
    }

    /// A peer with keys, attached.
    func makePeer() throws -> TestPeer {
        let peer = try TestPeer(handle: PeerHandle(index: Int32(peers.count)))
        peers[peer.handle.index] = peer
        router.attach(peer.handle, sealer: peer.sealer)
        return peer
    }

    /// Somebody who publishes a camera, and somebody else.
    func makePair(
        encodings: [PublishedEncoding] = [PublishedEncoding(ssrc: 10, rtxSSRC: 11)]
    ) throws -> (publisher: TestPeer, viewer: TestPeer) {
        let (publisher, viewer) = (try makePeer(), try makePeer())
        publishCamera(from: publisher, encodings: encodings)
        return (publisher, viewer)
    }

    static func camera(_ participant: UInt64 = 1) -> TrackID {
        TrackID(participant: ParticipantID(rawValue: participant), source: .camera)
    }

    static func microphone(_ participant: UInt64 = 1) -> TrackID {
        TrackID(participant: ParticipantID(rawValue: participant), source: .microphone)
    }

    /// Publishes a camera: one encoding with these SSRCs, or several known by rid only.
    func publishCamera(
        _ id: TrackID = camera(),
        from peer: TestPeer,
        encodings: [PublishedEncoding] = [PublishedEncoding(ssrc: 10, rtxSSRC: 11)]
    ) {
        router.publish(
            PublishedTrack(
                id: id,
                mid: "v",
                codecs: TestMeeting.videoCodecs,
                extensions: TestMeeting.publisherMap,
                encodings: encodings
            ),
            from: peer.handle
        )
    }

    func publishMicrophone(_ id: TrackID = microphone(), from peer: TestPeer, ssrc: UInt32 = 20) {
        router.publish(
            PublishedTrack(
                id: id,
                mid: "a",
                codecs: TestMeeting.audioCodecs,
                extensions: TestMeeting.publisherMap,
                encodings: [PublishedEncoding(ssrc: ssrc)]
            ),
            from: peer.handle
        )
    }

    static let threeLayers = ["q", "h", "f"].map { PublishedEncoding(rid: $0) }

    func subscribe(_ peer: TestPeer, to id: TrackID, ssrc: UInt32 = 1000, rtx: UInt32? = 1001) {
        let isAudio = id.source.isAudio
        router.subscribe(
            peer.handle,
            to: SubscribedTrack(
                id: id,
                mid: "0",
                ssrc: ssrc,
                rtxSSRC: isAudio ? nil : rtx,
                codecs: isAudio ? TestMeeting.audioCodecs : TestMeeting.viewerVideoCodecs,
                extensions: TestMeeting.viewerMap
            )
        )
    }

    // MARK: Time and packets

    func receive(_ packet: TestPacket, from peer: TestPeer) {
        receive(packet.bytes, number: packet.number, from: peer)
    }

    /// Bytes that need not be RTP: then nothing happens.
    func receive(_ bytes: [UInt8], number: UInt64, from peer: TestPeer) {
        bytes.withUnsafeBytes { buffer in
            guard let header = RTPHeader.parse(buffer) else { return }
            router.receiveRTP(
                buffer,
                header: header,
                extendedSequenceNumber: number,
                from: peer.handle,
                now: now
            )
        }
    }

    /// Receives and flushes.
    func pass(_ packet: TestPacket, from peer: TestPeer) {
        receive(packet, from: peer)
        flush()
    }

    func receiveControl(_ packets: [RTCPPacket], from peer: TestPeer) {
        RTCPCompound.write(packets).withUnsafeBytes { router.receiveRTCP($0, from: peer.handle, now: now) }
        flush()
    }

    func flush() {
        router.flush(now: now, into: queue) { self.drain() }
        drain()
    }

    /// Lets time pass, with every deadline served when it comes.
    func advance(_ interval: Interval) {
        let end = now + interval
        while let next = router.nextDeadline, next <= end {
            now = max(now, next)
            router.handleTimeout(now: now, into: queue) { self.drain() }
            drain()
        }
        now = end
    }

    func drain() {
        for entry in queue.entries {
            guard let peer = peers[entry.peer.index] else { continue }
            let bytes = Array(queue.datagram(entry))
            if let transport { transport(peer, bytes) } else { peer.take(bytes) }
        }
        queue.removeAll()
    }

    func events() -> [RouterEvent] {
        var events: [RouterEvent] = []
        while let event = router.pollEvent() { events.append(event) }
        return events
    }
}
