// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import TestSupport
import Testing

@Suite("Video over bad paths")
struct LossTests {
    @Test(
        "every viewer ends up with every packet, once, under loss, reordering and duplication both ways",
        arguments: [0, 5, 10, 20] as [UInt64],
        [1, 2, 3] as [UInt64]
    )
    func recovers(loss: UInt64, seed: UInt64) throws {
        let lossy = try LossyMeeting(seed: seed, conditions: .rough(lossPercent: loss))
        try lossy.addViewer(hasRTX: true)
        try lossy.addViewer(hasRTX: false)
        lossy.run(.seconds(5))
        let settled = lossy.next
        lossy.run(.seconds(2))
        for viewer in lossy.viewers {
            let first = try #require(viewer.marks.keys.min())
            // The first keyframe may have been lost; the next was asked for.
            #expect(first < 65_400 + 120)
            let missing = (first..<settled).filter { viewer.marks[$0] == nil }
            #expect(missing.isEmpty, "\(missing)")
            #expect(viewer.marks.values.allSatisfy { $0 == 1 })
        }
        #expect(loss == 0 || lossy.meeting.router.counters.repaired > 10)
        #expect(loss == 0 || lossy.meeting.router.counters.resent > 10)
    }
}
