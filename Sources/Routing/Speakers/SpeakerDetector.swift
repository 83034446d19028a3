// SPDX-License-Identifier: Apache-2.0

import Base

/// Turns the loudness of all microphones into a list of speakers that people can follow with their eyes.
///
/// Who speaks has hysteresis in ``Loudness``; the order has it here: someone passes the one before only when clearly
/// louder. A list is said only when it differs from the last, at most every ``spacing``.
struct SpeakerDetector {
    static let tick = Interval.milliseconds(125)
    static let spacing = Interval.milliseconds(250)
    static let clearlyLouder = 6

    private var said: [ParticipantID] = []
    private var saidAt: Moment?

    /// - Parameter speaking: everyone who speaks now, in any order.
    /// - Returns: the list to announce, or `nil` when there is nothing new to say.
    mutating func update(_ speaking: [(participant: ParticipantID, loudness: Int)], now: Moment) -> [Speaker]? {
        if let saidAt, now - saidAt < SpeakerDetector.spacing { return nil }
        // Whoever was in the list keeps their place unless clearly passed.
        var order: [(participant: ParticipantID, loudness: Int)] = []
        for known in said {
            if let entry = speaking.first(where: { $0.participant == known }) { order.append(entry) }
        }
        for entry in speaking where !said.contains(entry.participant) { order.append(entry) }
        for index in order.indices.dropFirst() {
            var place = index
            while place > 0, order[place].loudness >= order[place - 1].loudness + SpeakerDetector.clearlyLouder {
                order.swapAt(place, place - 1)
                place -= 1
            }
        }
        let participants = order.map(\.participant)
        guard participants != said else { return nil }
        said = participants
        saidAt = now
        return order.map { Speaker(participant: $0.participant, level: 127 - $0.loudness) }
    }
}
