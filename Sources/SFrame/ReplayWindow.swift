// SPDX-License-Identifier: Apache-2.0

/// Which counters of one key were accepted (RFC 9605 §9.3).
///
/// An exact repeat is told apart from a replay: the network repeats packets and a transform may see a frame twice, and
/// a receiver that failed on them would look broken for no gain. Another tag under an accepted counter is an attack,
/// or a sender that broke its promise, and is refused. The tag stands for the frame: who can make two frames with one
/// tag holds the key and could as well use the next counter.
struct ReplayWindow: Sendable {
    private struct Slot: Sendable {
        var counter: UInt64
        var tag: UInt64
        var isUsed: Bool
    }

    enum Verdict: Hashable, Sendable {
        case first
        case exactRepeat
    }

    private(set) var highest: UInt64
    /// Counters below are refused: nothing is known about them.
    private var floor: UInt64
    private var slots: [Slot]

    init(floor: UInt64 = 0) {
        highest = floor
        self.floor = floor
        slots = []
    }

    /// What accepting would give. `tag` is the start of the frame's tag.
    func judge(_ counter: UInt64, tag: UInt64) throws(SFrameRefusal) -> Verdict {
        let window = UInt64(SFrameLimits.replayWindow)
        guard counter >= floor, counter > highest || highest - counter < window else { throw .beyondReplayWindow }
        guard !slots.isEmpty else { return .first }
        let slot = slots[Int(truncatingIfNeeded: counter % window)]
        guard slot.isUsed, slot.counter == counter else { return .first }
        guard slot.tag == tag else { throw .replayed }
        return .exactRepeat
    }

    /// Only for frames whose tag was checked: anyone can write any counter into a header.
    mutating func accept(_ counter: UInt64, tag: UInt64) throws(SFrameRefusal) -> Verdict {
        let verdict = try judge(counter, tag: tag)
        if slots.isEmpty {
            slots = [Slot](repeating: Slot(counter: 0, tag: 0, isUsed: false), count: SFrameLimits.replayWindow)
        }
        slots[Int(truncatingIfNeeded: counter % UInt64(SFrameLimits.replayWindow))] =
            Slot(counter: counter, tag: tag, isUsed: true)
        highest = max(highest, counter)
        return verdict
    }
}
