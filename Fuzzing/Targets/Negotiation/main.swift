// SPDX-License-Identifier: Apache-2.0

import Base
import Driver
import Routing
import Transport

fuzz { input in
    let text = String(decoding: input, as: UTF8.self)
    var randomness = FixedRandomness()
    guard let fingerprint = Fingerprint(sha256: [UInt8](repeating: 7, count: 32)) else { return }
    let local = LocalTransport(credentials: .make(using: &randomness), fingerprint: fingerprint, candidates: [])
    let participant = ParticipantID(rawValue: 1)
    var publisher = PublisherNegotiation(participant: participant, local: local, sessionID: 1)
    for _ in 0..<2 {
        let sources: [String: TrackSource] = ["0": .microphone, "1": .camera, "2": .screen]
        guard let answer = try? publisher.answer(text, sources: sources, using: &randomness) else { break }
        // Nothing of the offer breaks out of its line.
        precondition((try? SessionDescription.parse(answer.sdp)) != nil, "our answer is unreadable")
    }
    var subscriber = SubscriberNegotiation(local: local, sessionID: 1)
    let wishes = [TrackSource.microphone, .camera].map {
        SubscriptionWish(track: TrackID(participant: participant, source: $0), codecs: [])
    }
    _ = subscriber.offer(wishes, using: &randomness)
    _ = try? subscriber.accept(text)
    _ = subscriber.offer(wishes.dropLast(), using: &randomness)
    _ = try? subscriber.accept(text)
}

private struct FixedRandomness: Randomness {
    private var state: UInt64 = 1

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state
    }
}
