// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transport

/// Forwards the media of one meeting: logic without sockets, clocks or locks, confined to one media thread.
///
/// ```
/// receiveRTP ─▶ Receive: bind, store once, note gaps and arrivals ─▶ pending ─┐
///                                                                             flush ─▶ Send: rewrite, seal ─▶ TransmitQueue
/// receiveRTCP ─▶ reports, resend wishes, keyframe wishes ─────────────────────┘
/// handleTimeout ─▶ reports, NACKs, feedback, keyframe requests, speakers
/// ```
/// Payloads are opaque: decisions come from header extensions and from a codec's clear bytes. Whoever owns it calls
/// ``flush(now:into:whenFull:)`` after each batch of input and ``handleTimeout(now:into:whenFull:)`` at
/// ``nextDeadline``. Commands may come in any order: a track can be subscribed before it is published, and a peer can be
/// named before it is attached.
public final class Router {
    public let limits: RouterLimits
    public internal(set) var counters = RouterCounters()

    var peers: [Int32: Peer] = [:]
    var tracks: [TrackID: TrackState] = [:]
    /// Streams with something pending.
    var dirty: [UnsafeMutablePointer<StreamState>] = []
    /// Packets that viewers asked for again, for the next flush.
    var resends: [Resend] = []
    /// The last moment that was passed in.
    var clock = Moment(nanoseconds: 0)
    /// `.max`: nothing to wait for.
    var deadline = Moment(nanoseconds: .max)
    /// Speakers and silent layers are looked at then.
    var nextTick: Moment?
    var viewersDue = Moment(nanoseconds: .max)
    var lastReceived = Moment(nanoseconds: 0)
    var speakers = SpeakerDetector()
    var unsaidSpeakers: [Speaker]?
    var unsaidQualities: [(participant: ParticipantID, quality: UplinkQuality)] = []
    /// The sender of the last packet: packets come in bursts.
    private var recentPeer: Peer?

    struct Resend {
        var forwarder: Forwarder
        var number: UInt64
    }

    static let maximumResends = 1024

    public init(limits: RouterLimits = RouterLimits()) {
        self.limits = limits
    }

    /// When ``handleTimeout(now:into:whenFull:)`` has something to do; `nil` when only input can change anything.
    public var nextDeadline: Moment? { deadline.nanoseconds == .max ? nil : deadline }

    /// What happened since the last call, one at a time. Unread events are replaced by newer ones of their kind.
    public func pollEvent() -> RouterEvent? {
        if let speakers = unsaidSpeakers {
            unsaidSpeakers = nil
            return .speakers(speakers)
        }
        return unsaidQualities.popLast().map { .quality($0.participant, $0.quality) }
    }

    func schedule(_ moment: Moment) {
        if moment < deadline { deadline = moment }
    }

    // MARK: Peers

    /// The peer's keys are there: from now on it is sent to.
    public func attach(_ handle: PeerHandle, sealer: SRTPSealer) {
        guard let peer = peer(for: handle) else { return }
        let isRekeyed = peer.sealer != nil && peer.sealer !== sealer
        peer.sealer = sealer
        if isRekeyed { peer.usedNumbers = [:] }
        for outbound in peer.outbounds {
            if isRekeyed { outbound.restart() }
            outbound.state.pointee.sealer = .passUnretained(sealer)
            if let track = tracks[outbound.id] { retarget(outbound, of: track) }
        }
        for track in peer.tracks { retarget(track) }
        startReports(peer)
    }

    /// The peer is gone, with what it published and what it watched.
    public func detach(_ handle: PeerHandle) {
        guard let peer = peers[handle.index] else { return }
        for track in peer.tracks { unpublish(track.id) }
        for outbound in peer.outbounds { remove(outbound, of: peer) }
        peers[handle.index] = nil
        if recentPeer === peer { recentPeer = nil }
    }

    func peer(for handle: PeerHandle) -> Peer? {
        if let known = peers[handle.index] { return known }
        guard peers.count < limits.peers else {
            counters.refused += 1
            return nil
        }
        let peer = Peer(handle: handle)
        peers[handle.index] = peer
        return peer
    }

    @inline(__always)
    func sender(_ handle: PeerHandle) -> Peer? {
        if let recentPeer, recentPeer.handle == handle { return recentPeer }
        let peer = peers[handle.index]
        recentPeer = peer
        return peer
    }

    func startReports(_ peer: Peer) {
        guard peer.sealer != nil, peer.nextReport == nil, !(peer.tracks.isEmpty && peer.outbounds.isEmpty) else {
            return
        }
        // Spread over the second, so that a meeting's reports don't leave in one burst.
        let spread = Interval.milliseconds(Int64(peer.handle.index & 15) * 25)
        let due = clock + .milliseconds(200) + spread
        peer.nextReport = due
        viewersDue = min(viewersDue, due)
        schedule(due)
    }
}
