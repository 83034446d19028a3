// SPDX-License-Identifier: Apache-2.0

public import Base

extension Router {
    /// Wishes kept for tracks that aren't subscribed yet, per viewer.
    private static let maximumWishes = 512
    /// SSRCs remembered per viewer so that no number is used twice.
    private static let maximumUsedSSRCs = 8192

    /// The viewer gets this track from now on: audio at once, video from a keyframe that is asked for now.
    public func subscribe(_ handle: PeerHandle, to track: SubscribedTrack) {
        guard let peer = peer(for: handle) else { return }
        if let known = peer.outbounds.first(where: { $0.id == track.id }) {
            if known.subscription == track { return }
            remove(known, of: peer)
        }
        let state = tracks[track.id] ?? TrackState(id: track.id)
        let used = Set([track.ssrc] + (track.rtxSSRC.map { [$0] } ?? []))
        let isTaken = peer.outbounds.contains { outbound in
            used.contains(outbound.ssrc) || outbound.rtxSSRC.map(used.contains) == true
        }
        guard !isTaken, track.rtxSSRC != track.ssrc, peer.outbounds.count < limits.tracksPerViewer,
            state.outbounds.count < limits.viewersPerTrack, peer.usedNumbers.count < Router.maximumUsedSSRCs
        else {
            counters.refused += 1
            return
        }
        tracks[track.id] = state
        let outbound = OutboundTrack(
            track,
            viewer: handle,
            wish: peer.wishes.removeValue(forKey: track.id) ?? (track.id.source == .camera ? .medium : .high),
            sealer: peer.sealer,
            next: peer.usedNumbers[track.ssrc] ?? OutboundTrack.firstSequenceNumber(ssrc: track.ssrc),
            nextRTX: track.rtxSSRC.map { peer.usedNumbers[$0] ?? OutboundTrack.firstSequenceNumber(ssrc: $0) } ?? 0
        )
        peer.outbounds.append(outbound)
        state.add(outbound)
        retarget(outbound, of: state)
        startReports(peer)
    }

    public func unsubscribe(_ handle: PeerHandle, _ id: TrackID) {
        guard let peer = peers[handle.index] else { return }
        peer.wishes[id] = nil
        guard let outbound = peer.outbounds.first(where: { $0.id == id }) else { return }
        remove(outbound, of: peer)
    }

    /// How much of the track the viewer wants. The change is seen at the next keyframe of the other layer; `off` at once.
    public func setLayer(_ handle: PeerHandle, _ id: TrackID, _ layer: SimulcastLayer) {
        guard let peer = peer(for: handle) else { return }
        guard let outbound = peer.outbounds.first(where: { $0.id == id }) else {
            // The wish may come before the negotiation that it is about is over.
            if peer.wishes.count < Router.maximumWishes { peer.wishes[id] = layer }
            return
        }
        outbound.wish = layer
        if let track = tracks[id] { retarget(outbound, of: track) }
    }

    func remove(_ outbound: OutboundTrack, of peer: Peer) {
        peer.usedNumbers[outbound.ssrc] = outbound.state.pointee.next
        if let rtx = outbound.rtxSSRC { peer.usedNumbers[rtx] = outbound.state.pointee.nextRTX }
        peer.outbounds.removeAll { $0 === outbound }
        resends.removeAll { $0.forwarder.state == outbound.state }
        guard let track = tracks[outbound.id] else { return }
        track.remove(outbound)
        if track.outbounds.isEmpty, track.publisher == nil { tracks[outbound.id] = nil }
    }

    // MARK: Layers

    func retarget(_ track: TrackState) {
        for outbound in track.outbounds { retarget(outbound, of: track) }
    }

    func retarget(_ outbound: OutboundTrack, of track: TrackState) {
        let state = outbound.state
        let layer = LayerChoice.layer(wish: outbound.wish, count: track.streams.count, active: track.activeLayers)
        let target = layer.map { track.streams[$0].state }
        state.pointee.target = target
        guard let target else {
            outbound.forwarder.endSegment()
            return
        }
        guard !track.isPaused, !target.pointee.isAudio, state.pointee.sealer != nil, state.pointee.current != target
        else { return }
        requestKeyframe(target)
    }

    func requestKeyframe(_ stream: UnsafeMutablePointer<StreamState>) {
        stream.pointee.keyframes.request(now: clock)
        schedule(stream.pointee.keyframes.due)
    }
}
