// SPDX-License-Identifier: Apache-2.0

import Base
import Routing
import Testing

@Suite("Who speaks")
struct SpeakerTests {
    let meeting = TestMeeting()
    let peers: [TestPeer]

    init() throws {
        var peers: [TestPeer] = []
        for index in 0..<3 {
            let peer = try meeting.makePeer()
            meeting.publishMicrophone(TestMeeting.microphone(UInt64(index + 1)), from: peer, ssrc: 20)
            peers.append(peer)
        }
        self.peers = peers
    }

    /// Everyone sends a packet every 20 ms at these levels; `nil` sends none.
    func talk(_ levels: [UInt8?], for interval: Interval, from start: UInt64) -> [[UInt64]] {
        var lists: [[UInt64]] = []
        for step in 0..<UInt64(interval.nanoseconds / 20_000_000) {
            for (peer, level) in zip(peers, levels) {
                if let level { meeting.pass(.audio(start + step, level: level), from: peer) }
            }
            meeting.advance(.milliseconds(20))
            for case .speakers(let speakers) in meeting.events() {
                lists.append(speakers.map(\.participant.rawValue))
            }
        }
        return lists
    }

    @Test("one who speaks is named once, and once more when silent")
    func one() {
        #expect(talk([90, 90, 90], for: .seconds(1), from: 0) == [])
        #expect(talk([90, 25, 90], for: .seconds(3), from: 100) == [[2]])
        #expect(talk([90, 90, 90], for: .seconds(3), from: 300) == [[]])
    }

    @Test("the loudest comes first, and passing needs a clear difference")
    func order() {
        let first = talk([40, 25, 127], for: .seconds(2), from: 0)
        #expect(first.last == [2, 1])
        #expect(talk([28, 30, 127], for: .seconds(2), from: 200) == [])
        #expect(talk([20, 40, 127], for: .seconds(2), from: 400) == [[1, 2]])
    }

    @Test("a short noise, a pause between words and silence suppression change nothing they shouldn't")
    func hysteresis() {
        #expect(talk([90, 90, 20], for: .milliseconds(60), from: 0) == [])
        #expect(talk([90, 90, 90], for: .seconds(1), from: 10) == [])
        #expect(talk([90, 90, 25], for: .seconds(2), from: 100) == [[3]])
        #expect(talk([90, 90, 60], for: .milliseconds(300), from: 300) == [])
        #expect(talk([90, 90, 25], for: .seconds(1), from: 400) == [])
        // Nothing is sent at all.
        #expect(talk([90, 90, nil], for: .seconds(3), from: 500) == [[]])
    }

    @Test("at most four lists a second, however wildly people talk")
    func rate() {
        var randomness = SeededLevels(state: 7)
        var lists = 0
        for step in 0..<100 as Range<UInt64> {
            let levels: [UInt8?] = (0..<3).map { _ in randomness.next() ? 10 : 127 }
            lists += talk(levels, for: .milliseconds(100), from: step * 5).count
        }
        #expect(lists > 2)
        #expect(lists <= 41)
    }

    @Test("a muted one and one who left no longer speak")
    func gone() {
        #expect(talk([20, 25, 30], for: .seconds(2), from: 0).last == [1, 2, 3])
        meeting.router.setPaused(TestMeeting.microphone(1), true)
        #expect(talk([20, 25, 30], for: .seconds(2), from: 200).last == [2, 3])
        meeting.router.unpublish(TestMeeting.microphone(2))
        #expect(talk([20, 25, 30], for: .seconds(2), from: 400).last == [3])
        meeting.router.detach(peers[2].handle)
        #expect(talk([20, 25, 30], for: .seconds(2), from: 600).last == [])
    }
}

private struct SeededLevels {
    var state: UInt64

    mutating func next() -> Bool {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 40 & 1 == 1
    }
}
