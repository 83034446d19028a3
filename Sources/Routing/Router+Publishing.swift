// SPDX-License-Identifier: Apache-2.0

public import Base

extension Router {
    /// The peer sends this track from now on. Said again with changes, the track goes on with them; its viewers stay.
    public func publish(_ track: PublishedTrack, from handle: PeerHandle) {
        guard let peer = peer(for: handle) else { return }
        let known = tracks[track.id]
        if let known, let publisher = known.publisher, publisher !== peer { unpublish(track.id) }
        if !peer.tracks.contains(where: { $0.id == track.id }) {
            guard peer.tracks.count < limits.tracksPerPublisher else {
                counters.refused += 1
                return
            }
        }
        let state = tracks[track.id] ?? TrackState(id: track.id)
        tracks[track.id] = state
        if state.publisher == nil {
            state.publisher = peer
            peer.tracks.append(state)
        }
        guard state.published != track else { return }
        if state.streams.count != max(1, min(track.encodings.count, TrackState.maximumLayers)) {
            drop(streamsOf: state)
        }
        state.setPublished(track)
        peer.joinExtensions()
        for (stream, encoding) in zip(state.streams, track.encodings) {
            if let ssrc = encoding.ssrc { bind(ssrc, to: stream.state, isRepair: false, of: peer) }
            if let ssrc = encoding.rtxSSRC { bind(ssrc, to: stream.state, isRepair: true, of: peer) }
        }
        retarget(state)
        startReports(peer)
    }

    /// Nobody sends this track any more. Its viewers stay subscribed, should it come back.
    public func unpublish(_ id: TrackID) {
        guard let track = tracks[id], let peer = track.publisher else { return }
        drop(streamsOf: track)
        peer.tracks.removeAll { $0 === track }
        track.publisher = nil
        track.published = nil
        track.isPaused = false
        track.loudness.silence()
        if track.outbounds.isEmpty { tracks[id] = nil }
    }

    /// While paused nothing of the track is forwarded. It goes on at a keyframe.
    public func setPaused(_ id: TrackID, _ isPaused: Bool) {
        guard let track = tracks[id], track.isPaused != isPaused else { return }
        track.isPaused = isPaused
        if isPaused {
            track.loudness.silence()
            for forwarder in track.forwarders { forwarder.endSegment() }
            for stream in track.streams { stream.state.pointee.keyframes.cancel() }
        } else {
            retarget(track)
        }
    }

    private func drop(streamsOf track: TrackState) {
        let states = track.streams.map(\.state)
        dirty.removeAll { states.contains($0) }
        track.publisher?.bindings.removeAll { states.contains($0.stream) }
        // Resends find no segment any more.
        track.removeStreams()
    }

    /// From now on `ssrc` is this stream, or repairs it.
    func bind(_ ssrc: UInt32, to stream: UnsafeMutablePointer<StreamState>, isRepair: Bool, of peer: Peer) {
        let former = isRepair ? stream.pointee.rtxSSRC : stream.pointee.ssrc
        guard former != ssrc || peer.bindings[ssrc]?.stream != stream else { return }
        guard peer.bindings.bind(ssrc, to: stream, isRepair: isRepair) else {
            counters.refused += 1
            return
        }
        if isRepair {
            stream.pointee.rtxSSRC = ssrc
            return
        }
        stream.pointee.ssrc = ssrc
        guard former != nil, stream.pointee.hasStarted else { return }
        // Another source takes over: its numbers and clock have nothing to do with the former's.
        let track = stream.pointee.track.takeUnretainedValue()
        for forwarder in track.forwarders { forwarder.forget(stream) }
        stream.pointee.restart()
        retarget(track)
    }
}
