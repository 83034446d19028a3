// SPDX-License-Identifier: Apache-2.0

import Base

/// Owns one inbound stream: an audio stream, a video stream, or one simulcast layer.
///
/// It stays while its track is published, whatever SSRC the layer has at the moment.
final class InboundStream {
    let state: UnsafeMutablePointer<StreamState>

    init(track: TrackState, layer: Int, clockRate: UInt32) {
        let isAudio = track.id.source.isAudio
        let pendingCapacity = isAudio ? 32 : 256
        state = .allocate(capacity: 1)
        state.initialize(
            to: StreamState(
                ring: .allocate(exponent: isAudio ? 6 : 10),
                pending: .allocate(capacity: pendingCapacity),
                pendingMask: pendingCapacity - 1,
                track: .passUnretained(track),
                layer: layer,
                isAudio: isAudio,
                clockRate: clockRate
            )
        )
    }

    deinit {
        state.pointee.ring.deallocate()
        state.pointee.pending.deallocate()
        state.pointee.missing.deallocate()
        state.deinitialize(count: 1)
        state.deallocate()
    }
}
