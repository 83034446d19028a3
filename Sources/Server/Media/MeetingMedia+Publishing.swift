// SPDX-License-Identifier: Apache-2.0

import Base
import Meetings
import Routing
import Transport

extension MeetingMedia {
    /// Answers the client's offer. A refused one changes nothing.
    func publish(_ id: ParticipantID, request: Int, offer: String, sources: [MidSource], now: Moment) {
        guard let participant = participants[id] else { return }
        do throws(MediaRefusal) {
            var named: [String: TrackSource] = [:]
            for entry in sources {
                guard named.updateValue(entry.source, forKey: entry.mid) == nil else { throw .tracks }
            }
            let answer = try agree(participant, offer, named, now)
            worker.emit(self.id, .published(id, request: request, answer: answer))
        } catch {
            worker.emit(self.id, .publishRefused(id, request: request, reason: error))
        }
    }

    private func agree(
        _ participant: ParticipantMedia,
        _ offer: String,
        _ sources: [String: TrackSource],
        _ now: Moment
    ) throws(MediaRefusal) -> String {
        // Negotiations are values: these become the participant's only when everything else worked.
        var negotiation = participant.publisherNegotiation ?? freshPublisherNegotiation(participant)
        var answer: PublisherAnswer
        do throws(NegotiationError) {
            answer = try negotiation.answer(offer, sources: sources, using: &worker.randomness)
        } catch {
            // A client that came back with a new connection object knows nothing of what was agreed before.
            guard let known = participant.publisherFingerprint else { throw MediaRefusal(error) }
            negotiation = freshPublisherNegotiation(participant)
            guard let fresh = try? negotiation.answer(offer, sources: sources, using: &worker.randomness),
                fresh.remote.fingerprint != known
            else { throw MediaRefusal(error) }
            answer = fresh
        }
        let isNewPeer = participant.publisher == nil || participant.publisherFingerprint != answer.remote.fingerprint
        // Over a session that has ended nothing can go on; the client has to come with a new connection.
        if !isNewPeer, participant.publisher?.isLost == true { throw .outOfOrder }
        let former = participant.publisher
        if isNewPeer {
            guard
                let peer = worker.addPeer(participant.id, .publisher, of: self, local: answer.local, now: now)
            else { throw .busy }
            participant.publisher = peer
        } else if answer.isICERestart, let peer = former {
            peer.session.restartICE(local: answer.local, now: now)
            worker.addUfrag(answer.local.ufrag, of: peer)
        }
        participant.publisherNegotiation = negotiation
        participant.publisherFingerprint = answer.remote.fingerprint
        guard let peer = participant.publisher else { throw .busy }
        peer.session.setRemote(credentials: answer.remote.credentials, fingerprint: answer.remote.fingerprint)
        announce(answer.tracks, of: participant, from: peer, now: now)
        if isNewPeer {
            if let former { worker.removePeer(former, now: now) }
            worker.emit(id, .connection(participant.id, .publisher, .connecting))
        }
        worker.settle(peer, now: now)
        return answer.sdp
    }

    /// Brings the router, and what everybody else is offered, to what the participant publishes now.
    private func announce(
        _ tracks: [PublishedTrack],
        of participant: ParticipantMedia,
        from peer: MediaPeer,
        now: Moment
    ) {
        let former = participant.published
        participant.published = tracks
        for track in former where !tracks.contains(where: { $0.id == track.id }) { router.unpublish(track.id) }
        for track in tracks {
            router.publish(track, from: peer.handle)
        }
        worker.touch(self)
        let isSame =
            former.map(\.id) == tracks.map(\.id)
            && zip(former, tracks).allSatisfy { $0.codecs.map(\.codec) == $1.codecs.map(\.codec) }
        if !isSame { scheduleOffers(except: participant, now: now) }
    }

    private func freshPublisherNegotiation(_ participant: ParticipantMedia) -> PublisherNegotiation {
        PublisherNegotiation(
            participant: participant.id,
            local: localTransport(),
            sessionID: SessionDescription.makeID(using: &worker.randomness)
        )
    }

    /// This worker's addresses under new credentials.
    func localTransport() -> LocalTransport {
        LocalTransport(
            credentials: .make(using: &worker.randomness),
            fingerprint: worker.identity.fingerprint,
            candidates: worker.candidates
        )
    }
}
