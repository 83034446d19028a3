// SPDX-License-Identifier: Apache-2.0

import Base
import Participant

/// One shape of meeting under load.
struct MediaCase {
    var name: String
    var publishers: Int
    var viewers: Int
    var tracks: [SyntheticTrack]

    /// What each participant receives.
    func expectedTracks(isPublisher: Bool) -> Int {
        (isPublisher ? publishers - 1 : publishers) * tracks.count
    }

    static let all: [MediaCase] = [
        // The comparison with Janus has the same shape: 1,000 packets of 1,200 bytes a second, five at a time.
        MediaCase(name: "1→10", publishers: 1, viewers: 10, tracks: [.burst]),
        MediaCase(
            name: "1→100",
            publishers: 1,
            viewers: 100,
            tracks: [
                SyntheticTrack(
                    source: .camera,
                    packetsPerFrame: 5,
                    packetLength: 1_200,
                    frameInterval: .milliseconds(16)
                )
            ]
        ),
        MediaCase(
            name: "30×30",
            publishers: 30,
            viewers: 0,
            tracks: [
                .voice,
                SyntheticTrack(
                    source: .camera,
                    packetsPerFrame: 2,
                    packetLength: 1_000,
                    frameInterval: .milliseconds(66)
                ),
            ]
        ),
    ]
}
