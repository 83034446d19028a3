// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Routing
import Transport

/// One meeting on its worker: the router, the participants' connections, and who is offered what.
///
/// Everybody is offered everybody else's tracks. What a viewer's browser can't decode stays out of their offer.
final class MeetingMedia {
    let id: MeetingID
    /// Where the worker keeps this meeting's deadline.
    let slot: Int
    let router = Router()
    unowned let worker: MediaWorker
    var participants: [ParticipantID: ParticipantMedia] = [:]
    /// In the worker's list of routers to flush.
    var isDirty = false
    /// When the first of the participants is due for an offer.
    private var nextOffer: Moment?

    init(id: MeetingID, slot: Int, worker: MediaWorker) {
        self.id = id
        self.slot = slot
        self.worker = worker
    }

    func join(_ id: ParticipantID, now: Moment) {
        if let known = participants[id] { remove(known, now: now) }
        let participant = ParticipantMedia(id: id)
        participants[id] = participant
        if participants.values.contains(where: { $0 !== participant && !$0.published.isEmpty }) {
            scheduleOffer(to: participant, now: now)
        }
    }

    func leave(_ id: ParticipantID, now: Moment) {
        guard let participant = participants[id] else { return }
        remove(participant, now: now)
    }

    func close(now: Moment) {
        for participant in participants.values {
            if let peer = participant.publisher { worker.removePeer(peer, now: now) }
            if let peer = participant.subscriber { worker.removePeer(peer, now: now) }
        }
        participants = [:]
        worker.deadlines.set(slot << 1 | 1, nil)
    }

    /// - Note: wishes are kept for tracks of present participants only, so they are as bounded as the meeting.
    func setLayers(_ id: ParticipantID, _ wishes: [LayerWish]) {
        guard let participant = participants[id] else { return }
        for wish in wishes where participants[wish.track.participant] != nil {
            participant.wishes[wish.track] = wish.layer
            guard let peer = participant.subscriber, participant.subscribed.contains(wish.track) else { continue }
            router.setLayer(peer.handle, wish.track, wish.layer)
        }
        worker.touch(self)
    }

    // MARK: The worker's calls

    /// After the router was fed or flushed: what it tells, and when it wants to be woken.
    func afterRouter(now: Moment) {
        while let event = router.pollEvent() {
            switch event {
            case .speakers(let speakers):
                worker.emit(
                    id,
                    .speakers(
                        speakers.map { SpeakerLevel(participant: $0.participant, level: UInt8(clamping: $0.level)) }
                    )
                )
            case .quality(let participant, let quality):
                worker.emit(id, .quality(participant, ConnectionQuality(quality)))
            }
        }
        updateDeadline()
    }

    func handleTimeout(now: Moment) {
        if let nextOffer, nextOffer <= now {
            // One at a time: whoever else is due comes with the next turn.
            let due = participants.values.first { $0.outstanding == nil && $0.offerDue.map { $0 <= now } ?? false }
            if let due { writeOffer(to: due, now: now) }
            updateNextOffer()
        }
        if let deadline = router.nextDeadline, deadline <= now {
            router.handleTimeout(now: now, into: worker.queue) { worker.transmit(now: now) }
            worker.transmit(now: now)
        }
        worker.touch(self)
        updateDeadline()
    }

    func peerChanged(_ peer: MediaPeer, to state: MediaConnectionState) {
        guard let participant = participants[peer.participant] else { return }
        guard participant.publisher === peer || participant.subscriber === peer else { return }
        if state == .lost {
            // Nothing is sealed for it any more. Its tracks stay agreed, and come back with a new connection.
            router.detach(peer.handle)
            if participant.subscriber === peer { participant.subscribed = [] }
            worker.touch(self)
        }
        worker.emit(id, .connection(peer.participant, peer.side, state))
    }

    /// After any change to when somebody is due for an offer.
    func updateNextOffer() {
        nextOffer = nil
        for participant in participants.values where participant.outstanding == nil {
            guard let due = participant.offerDue else { continue }
            nextOffer = nextOffer.map { min($0, due) } ?? due
        }
        updateDeadline()
    }

    private func updateDeadline() {
        let router = router.nextDeadline
        guard let nextOffer else { return worker.deadlines.set(slot << 1 | 1, router) }
        worker.deadlines.set(slot << 1 | 1, router.map { min($0, nextOffer) } ?? nextOffer)
    }

    // MARK: Who is offered what

    func scheduleOffer(to participant: ParticipantMedia, now: Moment) {
        guard participant.offerDue == nil else { return }
        participant.offerDue = now + worker.configuration.offerDelay
        updateNextOffer()
    }

    func scheduleOffers(except publisher: ParticipantMedia, now: Moment) {
        for participant in participants.values where participant !== publisher && participant.offerDue == nil {
            participant.offerDue = now + worker.configuration.offerDelay
        }
        updateNextOffer()
    }

    private func remove(_ participant: ParticipantMedia, now: Moment) {
        participants[participant.id] = nil
        if let peer = participant.publisher { worker.removePeer(peer, now: now) }
        if let peer = participant.subscriber { worker.removePeer(peer, now: now) }
        let gone = Set(participant.published.map(\.id))
        for other in participants.values {
            // Whoever is back before the others were offered its going gets other sections than before.
            other.subscriberNegotiation?.end(gone)
            if let peer = other.subscriber {
                for track in participant.published where other.subscribed.remove(track.id) != nil {
                    router.unsubscribe(peer.handle, track.id)
                }
            }
            for source in TrackSource.allCases {
                other.wishes[TrackID(participant: participant.id, source: source)] = nil
            }
        }
        if !participant.published.isEmpty { scheduleOffers(except: participant, now: now) }
        worker.touch(self)
    }
}
