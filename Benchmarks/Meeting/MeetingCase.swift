// SPDX-License-Identifier: Apache-2.0

import Participant

/// One course of a meeting: some publish, others come in a rush, then they stay while now and then one comes or goes.
struct MeetingCase {
    var name: String
    /// In the meeting before the rush. They send voice and a small picture.
    var publishers = 4
    var joiners: Int
    /// Over how long the joiners set out.
    var rush: Duration
    /// How long they stay after it.
    var stay: Duration
    /// How often one comes or goes meanwhile, by turns.
    var changeEvery: Duration

    static let tracks: [SyntheticTrack] = [.voice, .thumbnail]

    static func all(minutes: Double) -> [MeetingCase] {
        [
            MeetingCase(
                name: "10",
                joiners: 6,
                rush: .seconds(1),
                stay: .seconds(20),
                changeEvery: .seconds(5)
            ),
            MeetingCase(
                name: "100 join",
                joiners: 100,
                rush: .seconds(5),
                stay: .zero,
                changeEvery: .seconds(10)
            ),
            MeetingCase(
                name: "300 stay",
                joiners: 296,
                rush: .seconds(30),
                stay: .seconds(60 * minutes),
                changeEvery: .seconds(10)
            ),
        ]
    }
}
