// SPDX-License-Identifier: Apache-2.0

import Base

/// Between the clients' negotiation and the media plane.
extension Meeting {
    mutating func publish(
        _ request: Int,
        offer: String,
        sources: [MidSource],
        of index: Int,
        on connection: ConnectionID
    ) {
        guard members[index].openPublish == nil else {
            return refuse(connection, .outOfOrder, "the last offer isn't answered yet", request: request)
        }
        members[index].openPublish = request
        perform(.publish(members[index].id, request: request, offer: offer, sources: sources))
    }

    mutating func answer(_ request: Int, _ answer: String, of index: Int, on connection: ConnectionID) {
        guard members[index].openOffer?.request == request else {
            return refuse(connection, .outOfOrder, "no such offer is open", request: request)
        }
        members[index].openOffer = nil
        perform(.answer(members[index].id, request: request, answer: answer))
    }

    /// Wishes for somebody who just left, or for one's own tracks, mean nothing.
    mutating func choose(_ wishes: [LayerWish], of index: Int) {
        let own = members[index].id
        let meant = wishes.filter { wish in
            wish.track.participant != own && self.index(of: wish.track.participant) != nil
        }
        if !meant.isEmpty { perform(.layers(own, meant)) }
    }

    /// For somebody who resumes: the ends that the node has are kept, or begun again.
    mutating func renewMedia(_ index: Int, _ choice: JoinRequest.MediaChoice) {
        let id = members[index].id
        if members[index].hasMedia {
            guard choice == .new else { return }
            members[index].openOffer = nil
            if members[index].quality != .good {
                members[index].quality = .good
                send(.quality(id, .good), to: connections(except: id))
            }
            perform(.leave(id))
        }
        members[index].hasMedia = true
        perform(.join(id))
    }

    mutating func handle(_ event: MediaEvent) {
        switch event {
        case .published(let participant, let request, let answer):
            guard let index = closePublish(request, of: participant) else { return }
            guard let connection = members[index].connection else { return }
            send(.published(request: request, answer: answer), to: connection)
        case .publishRefused(let participant, let request, let reason):
            guard let index = closePublish(request, of: participant) else { return }
            refuse(index, reason, request)
        case .subscribe(let participant, let request, let offer, let tracks):
            guard let index = indexInMedia(participant) else { return }
            members[index].openOffer = Member.OpenOffer(request: request, offer: offer, tracks: tracks)
            guard let connection = members[index].connection else { return }
            send(.subscribe(request: request, offer: offer, tracks: tracks), to: connection)
        case .answerRefused(let participant, let request, let reason):
            guard let index = indexInMedia(participant) else { return }
            refuse(index, reason, request)
        case .speakers(let levels):
            send(.speakers(levels.filter { indexInMedia($0.participant) != nil }), to: connections())
        case .quality(let participant, let quality): show(quality, of: participant)
        case .connection(let participant, _, .lost): show(.lost, of: participant)
        case .connection(let participant, _, .connected):
            guard let index = indexInMedia(participant), members[index].quality == .lost else { return }
            show(.good, of: participant)
        case .connection(_, _, .connecting): break
        }
    }

    /// Where the participant is, unless the media plane has been told to forget it.
    private func indexInMedia(_ participant: ParticipantID) -> Int? {
        index(of: participant).flatMap { members[$0].hasMedia ? $0 : nil }
    }

    /// Where the participant is, if that is the offer it waits to see answered.
    private mutating func closePublish(_ request: Int, of participant: ParticipantID) -> Int? {
        guard let index = indexInMedia(participant), members[index].openPublish == request else { return nil }
        members[index].openPublish = nil
        return index
    }

    private mutating func refuse(_ index: Int, _ reason: MediaRefusal, _ request: Int) {
        guard let connection = members[index].connection else { return }
        refuse(connection, reason == .outOfOrder ? .outOfOrder : .sdp, reason.rawValue, request: request)
    }

    private mutating func show(_ quality: ConnectionQuality, of participant: ParticipantID) {
        guard let index = indexInMedia(participant), members[index].quality != quality else { return }
        members[index].quality = quality
        send(.quality(participant, quality), to: connections())
    }
}
