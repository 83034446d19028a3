// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Routing
import Transport

extension MeetingMedia {
    /// Offers the participant everybody else's tracks as they are now, unless that is what was agreed last.
    func writeOffer(to participant: ParticipantMedia, now: Moment) {
        participant.offerDue = nil
        var wishes: [SubscriptionWish] = []
        for other in participants.values where other !== participant {
            for track in other.published {
                wishes.append(SubscriptionWish(track: track.id, codecs: track.codecs.map(\.codec)))
            }
        }
        var negotiation =
            participant.subscriberNegotiation
            ?? SubscriberNegotiation(
                local: localTransport(),
                sessionID: SessionDescription.makeID(using: &worker.randomness)
            )
        guard
            let offer = negotiation.offer(wishes, restartICE: participant.wantsRestart, using: &worker.randomness)
        else {
            participant.wantsRestart = false
            return
        }
        guard let peer = subscriberPeer(of: participant, for: offer, now: now) else {
            // The worker is full: what is offered later may find room.
            return
        }
        participant.subscriberNegotiation = negotiation
        participant.wantsRestart = false
        let request = participant.nextRequest
        participant.nextRequest += 1
        participant.outstanding = .init(request: request, local: offer.local)
        worker.settle(peer, now: now)
        worker.emit(
            id,
            .subscribe(
                participant.id,
                request: request,
                offer: offer.sdp,
                tracks: offer.entries.map { SubscriptionEntry(mid: $0.mid, track: $0.track) }
            )
        )
    }

    /// Takes the client's answer. A refused one leaves the connection as it was.
    func accept(_ answer: String, request: Int, from id: ParticipantID, now: Moment) {
        guard let participant = participants[id] else { return }
        guard let outstanding = participant.outstanding, outstanding.request == request,
            var negotiation = participant.subscriberNegotiation
        else {
            worker.emit(self.id, .answerRefused(id, request: request, reason: .outOfOrder))
            return
        }
        participant.outstanding = nil
        defer { updateNextOffer() }
        do throws(NegotiationError) {
            let agreement: SubscriberAgreement
            do throws(NegotiationError) {
                agreement = try negotiation.accept(answer)
                participant.subscriberNegotiation = negotiation
            } catch .fingerprintChanged {
                agreement = try acceptFromNewPeer(answer, outstanding, participant, now)
            }
            apply(agreement, to: participant, now: now)
        } catch {
            participant.subscriberNegotiation?.withdraw()
            worker.emit(self.id, .answerRefused(id, request: request, reason: MediaRefusal(error)))
        }
    }

    /// The client's network changed: the next offer, at once, has new credentials.
    func restartSubscriber(_ id: ParticipantID, now: Moment) {
        guard let participant = participants[id], participant.subscriberNegotiation != nil else { return }
        // Whatever was offered before is overtaken; an answer to it will be out of order.
        participant.outstanding = nil
        participant.subscriberNegotiation?.withdraw()
        participant.wantsRestart = true
        participant.offerDue = now
        updateNextOffer()
    }

    private func apply(_ agreement: SubscriberAgreement, to participant: ParticipantMedia, now: Moment) {
        guard let peer = participant.subscriber else { return }
        peer.session.setRemote(
            credentials: agreement.remote.credentials,
            fingerprint: agreement.remote.fingerprint
        )
        let accepted = Set(agreement.tracks.map(\.id))
        for gone in participant.subscribed.subtracting(accepted) { router.unsubscribe(peer.handle, gone) }
        for track in agreement.tracks {
            router.subscribe(peer.handle, to: track)
            if let wish = participant.wishes[track.id] {
                router.setLayer(peer.handle, track.id, wish)
            } else if track.id.source == .camera {
                // Cheap until the viewer's page has laid itself out and says what it needs.
                router.setLayer(peer.handle, track.id, .low)
            }
        }
        participant.subscribed = accepted
        worker.touch(self)
        worker.settle(peer, now: now)
    }

    /// The connection that the offer is about: the one there is, restarted if the offer says so, or a new one.
    private func subscriberPeer(
        of participant: ParticipantMedia,
        for offer: SubscriberOffer,
        now: Moment
    ) -> MediaPeer? {
        if let peer = participant.subscriber, !peer.isLost {
            if offer.isICERestart {
                peer.session.restartICE(local: offer.local, now: now)
                worker.addUfrag(offer.local.ufrag, of: peer)
            }
            return peer
        }
        return replaceSubscriber(of: participant, local: offer.local, now: now)
    }

    private func replaceSubscriber(
        of participant: ParticipantMedia,
        local: ICECredentials,
        now: Moment
    ) -> MediaPeer? {
        if let former = participant.subscriber { worker.removePeer(former, now: now) }
        participant.subscriber = worker.addPeer(participant.id, .subscriber, of: self, local: local, now: now)
        participant.subscribed = []
        guard participant.subscriber != nil else { return nil }
        worker.emit(id, .connection(participant.id, .subscriber, .connecting))
        return participant.subscriber
    }

    /// The answer comes from another connection object than the former ones, say of a page that was loaded again: a new
    /// session under the credentials that were offered.
    private func acceptFromNewPeer(
        _ answer: String,
        _ outstanding: ParticipantMedia.Outstanding,
        _ participant: ParticipantMedia,
        _ now: Moment
    ) throws(NegotiationError) -> SubscriberAgreement {
        guard var negotiation = participant.subscriberNegotiation else { throw .noOfferOutstanding }
        negotiation.forgetPeer()
        let agreement = try negotiation.accept(answer)
        guard replaceSubscriber(of: participant, local: outstanding.local, now: now) != nil else {
            throw .fingerprintChanged
        }
        participant.subscriberNegotiation = negotiation
        return agreement
    }
}
