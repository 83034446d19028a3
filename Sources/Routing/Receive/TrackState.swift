// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// One track of the meeting: its inbound streams while it is published, and who watches it.
///
/// It outlives its publisher's connection as long as someone is subscribed, so that a publisher who returns is seen again
/// without a new subscription.
final class TrackState {
    static let repairFlag: UInt8 = 0x80

    let id: TrackID
    unowned(unsafe) var publisher: Peer?
    var published: PublishedTrack?
    var isPaused = false
    /// Low to high.
    private(set) var streams: [InboundStream] = []
    private(set) var outbounds: [OutboundTrack] = []
    /// What the flush loop walks over: the same order as ``outbounds``.
    private(set) var forwarders: [Forwarder] = []
    /// By payload type: 0 unknown, else the codec's raw value plus one, with ``repairFlag`` for RTX.
    let payloadTypes: UnsafeMutablePointer<UInt8>
    /// Bit n: layer n sends.
    var activeLayers: UInt8 = 0
    var loudness = Loudness()

    init(id: TrackID) {
        self.id = id
        payloadTypes = .allocate(capacity: 128)
        payloadTypes.initialize(repeating: 0, count: 128)
    }

    deinit {
        payloadTypes.deallocate()
    }

    static let maximumLayers = 4

    func setPublished(_ track: PublishedTrack) {
        published = track
        payloadTypes.update(repeating: 0, count: 128)
        for codec in track.codecs {
            payloadTypes[Int(codec.payloadType & 0x7F)] = codec.codec.rawValue + 1
            if let rtx = codec.rtxPayloadType {
                payloadTypes[Int(rtx & 0x7F)] = (codec.codec.rawValue + 1) | TrackState.repairFlag
            }
        }
        let count = min(max(track.encodings.count, 1), TrackState.maximumLayers)
        guard streams.count != count else { return }
        removeStreams()
        let clockRate = id.source.isAudio ? Codec.opus.clockRate : Codec.vp8.clockRate
        streams = (0..<count).map { InboundStream(track: self, layer: $0, clockRate: clockRate) }
    }

    func removeStreams() {
        for stream in streams {
            for forwarder in forwarders { forwarder.forget(stream.state) }
        }
        streams = []
        activeLayers = 0
    }

    func add(_ outbound: OutboundTrack) {
        outbounds.append(outbound)
        forwarders.append(outbound.forwarder)
    }

    func remove(_ outbound: OutboundTrack) {
        guard let index = outbounds.firstIndex(where: { $0 === outbound }) else { return }
        outbounds.remove(at: index)
        forwarders.remove(at: index)
    }
}
