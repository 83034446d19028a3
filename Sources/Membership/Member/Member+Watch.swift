// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// Against a node that splits the meeting or keeps something back.
extension Member {
    private var isLeading: Bool { ownRole.isKeeper || rank() == 0 }

    mutating func lookAround(using randomness: inout some Randomness) {
        if let due = watch.nextHeartbeat, due <= now { beat() }
        if let due = watch.askAt, due <= now { ask() }
        guard let due = watch.nextLook, due <= now else { return }
        watch.nextLook = now + Watch.lookEvery
        // Of the lost too: whom the node doesn't ask to remove it may be keeping from us.
        for index in people.indices where !people[index].isSilent {
            guard now - people[index].heard >= people[index].patience else { continue }
            people[index].isSilent = true
            warn(.silent, people[index].participant)
        }
        judgeFrames()
    }

    private mutating func beat() {
        watch.nextHeartbeat = now + Watch.interval(isLeading: isLeading, members: people.count + 1)
        guard let group, !people.isEmpty else { return }
        guard group.shared.proposals.isEmpty else {
            // The hash has to be that of the epoch in which it is sent.
            watch.nextHeartbeat = now + .milliseconds(500)
            return
        }
        post(
            .heartbeat(
                Heartbeat(
                    transcriptHash: group.context.confirmedTranscriptHash,
                    frames: watch.counts.sealed,
                    lines: courier.lines,
                    pending: courier.pendingLines
                )
            )
        )
    }

    /// Those who have become fewer, or a leader, say sooner that they are here.
    mutating func hurryHeartbeat() {
        guard let next = watch.nextHeartbeat else { return }
        watch.nextHeartbeat = min(next, now + Watch.interval(isLeading: isLeading, members: people.count + 1))
    }

    /// Somebody else each time, until everybody's name is known.
    private mutating func ask() {
        let silent = people.filter { $0.statement == nil }
        let connected = people.filter { $0.connected }
        guard !silent.isEmpty, !connected.isEmpty, watch.asked < 8 else {
            watch.askAt = nil
            return
        }
        let turn = Int(truncatingIfNeeded: UInt64(watch.asked) &+ own.rawValue % 1024) % connected.count
        watch.asked += 1
        watch.askAt = now + .seconds(2)
        post(.ask, to: connected[turn].participant)
    }

    mutating func hear(_ heartbeat: Heartbeat, _ epoch: UInt64, at index: Int) {
        if let group, group.epoch == epoch, group.context.confirmedTranscriptHash != heartbeat.transcriptHash {
            warn(.fork, people[index].participant)
        }
        let participant = people[index].participant
        judgeLines(heartbeat, at: index)
        var opened: [UInt32] = [0, 0, 0, 0]
        var wanted: [Bool] = [false, false, false, false]
        for entry in watch.counts.received where entry.participant == participant {
            opened[Int(entry.source)] = entry.opened
            wanted[Int(entry.source)] = entry.isWanted
        }
        if let before = people[index].sealed {
            for source in 0..<Heartbeat.sources {
                // Counts begin anew with a new place: then they say nothing this time.
                let sent = heartbeat.frames[source] > before[source] ? heartbeat.frames[source] - before[source] : 0
                let came = opened[source] != people[index].opened[source]
                if sent < 5 || came || !wanted[source] {
                    people[index].misses[source] = 0
                    continue
                }
                people[index].misses[source] += people[index].misses[source] < 10 ? 1 : 0
                if people[index].misses[source] == 2 {
                    tell(.warning(Warning(.mediaWithheld, participant, detail: [UInt8(source) + UInt8(ascii: "0")])))
                }
            }
        }
        people[index].sealed = heartbeat.frames
        people[index].opened = opened
    }

    /// What they have said beyond what we have heard was said before we met, and doesn't become more.
    private mutating func judgeLines(_ heartbeat: Heartbeat, at index: Int) {
        let unheard = Int32(bitPattern: heartbeat.lines &- people[index].lines)
        // What is pending may be among what we have heard.
        let mostBefore = unheard &+ Int32(truncatingIfNeeded: min(heartbeat.pending, 1 << 20))
        let isTold = people[index].isMissed
        people[index].isMissed = false
        if let before = people[index].saidBefore, unheard <= before, !isTold {
            people[index].saidBefore = min(before, mostBefore)
            return
        }
        if people[index].saidBefore != nil, !isTold { warn(.withheld, people[index].participant) }
        people[index].saidBefore = mostBefore
    }

    /// Since our worker began.
    func refusedFrames(of participant: ParticipantID) -> UInt32 {
        var refused: UInt32 = 0
        for entry in watch.counts.received where entry.participant == participant { refused &+= entry.refused }
        return refused
    }

    /// Frames said to be somebody's that don't open: more than a change of epochs explains.
    private mutating func judgeFrames() {
        for index in people.indices {
            let refused = refusedFrames(of: people[index].participant)
            let more = refused > people[index].refused ? refused - people[index].refused : 0
            people[index].refused = refused
            guard more >= 25 else {
                if people[index].quietLooks > 0 { people[index].quietLooks -= 1 }
                continue
            }
            if people[index].quietLooks == 0 { warn(.unreadableFrames, people[index].participant) }
            // Once, until they have opened for ten seconds.
            people[index].quietLooks = 5
        }
    }
}
