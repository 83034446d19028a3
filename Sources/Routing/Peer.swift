// SPDX-License-Identifier: Apache-2.0

import Base
import Transport

/// One peer connection as the router sees it. It may publish, subscribe, or both.
final class Peer {
    let handle: PeerHandle
    var sealer: SRTPSealer?

    // As a publisher.
    var tracks: [TrackState] = []
    var extensions = HeaderExtensionMap()
    var bindings = StreamBindings()
    var arrivals = ArrivalLog()
    var quality = QualityEstimate()
    /// When the last SSRC nobody announced was bound: strangers come one at a time.
    var lastBindingAt: Moment?

    // As a viewer.
    var outbounds: [OutboundTrack] = []
    /// Wishes for tracks that aren't subscribed yet.
    var wishes: [TrackID: SimulcastLayer] = [:]
    /// Where the numbers of every SSRC used under this key go on: a number must never be used again.
    var usedNumbers: [UInt32: UInt64] = [:]

    var nextReport: Moment?

    init(handle: PeerHandle) {
        self.handle = handle
    }

    /// One connection has one meaning per id, though not every media section names each (RFC 8843 §9.1).
    func joinExtensions() {
        extensions = HeaderExtensionMap()
        for track in tracks {
            guard let map = track.published?.extensions else { continue }
            for kind in HeaderExtension.allCases {
                if let id = map.id(of: kind) { _ = extensions.assign(id, to: kind) }
            }
        }
    }

    deinit {
        bindings.deallocate()
        arrivals.deallocate()
    }
}
