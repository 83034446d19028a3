// SPDX-License-Identifier: Apache-2.0

import Base
import Membership

extension Participant {
    /// Tells the member what frames came, against which it holds what the others say they sent.
    func reportCounts() async {
        let (subscriber, cipher) = (subscriber, cipher)
        let (sealed, tracks) = await loop.run { state in
            (state.cipher(cipher)?.sealed ?? [], subscriber.flatMap { state.connection($0)?.counts } ?? [])
        }
        guard view.isInside else { return }
        let others = view.people.values.filter { $0.participant != id }
        let received = tracks + others.flatMap { $0.announced(notIn: tracks) }
        handle(.counts(FrameCounts(sealed: sealed, received: received.map { FrameCounts.Received($0) })))
    }
}

extension MemberEvent.Person {
    /// What they say is on and the node offers nothing of. It is wanted all the same.
    fileprivate func announced(notIn offered: [TrackCount]) -> [TrackCount] {
        [TrackSource.microphone, .camera, .screen].compactMap { source in
            let track = TrackID(participant: participant, source: source)
            guard flags.contains(PersonFlags(source)), !offered.contains(where: { $0.track == track }) else {
                return nil
            }
            return TrackCount(track: track, opened: 0, refused: 0, isOpened: true)
        }
    }
}

extension FrameCounts.Received {
    fileprivate init(_ count: TrackCount) {
        self.init(
            participant: count.track.participant,
            source: count.track.source.context,
            opened: UInt32(clamping: count.opened),
            refused: UInt32(clamping: count.refused),
            isWanted: count.isOpened
        )
    }
}
