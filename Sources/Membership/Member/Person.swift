// SPDX-License-Identifier: Apache-2.0

import Base
import MLS

/// Another member: what the tree says, what they say of themselves, and what has been heard of them.
struct Person: Sendable {
    let participant: ParticipantID
    var leaf: LeafIndex
    var role: Role
    var statement: Statement?
    /// The node's word.
    var connected = true
    /// When the node said that their socket is gone.
    var lostAt: Moment?
    /// A host turned their microphone off, and they haven't turned it on again.
    var isMuted = false

    var heard: Moment
    /// When a message of theirs came last.
    var spoke: Moment?
    /// Whether a cut of ours since then has been allowed for. A node that cuts us off again and again hides nobody that way.
    var isExcused = false
    /// How long they may be silent, by what was agreed when they were heard.
    var patience = Watch.silence
    var isSilent = false
    /// Of their messages to all: the run, and the last one's count. `nil` until the first is heard.
    var run: UInt32?
    var count: UInt32 = 0

    /// Lines of chat heard from them, and how many more they can have said before we met.
    var lines: UInt32 = 0
    var saidBefore: Int32?
    /// The count of their messages has shown a gap since their last heartbeat.
    var isMissed = false

    /// Frames that they had sealed when they said so last, and what we had opened then, per source.
    var sealed: [UInt32]?
    var opened: [UInt32] = [0, 0, 0, 0]
    /// How often in a row they said that they send and nothing came.
    var misses: [UInt8] = [0, 0, 0, 0]
    var refused: UInt32 = 0
    /// Looks for which no more is said of frames that don't open.
    var quietLooks: UInt8 = 0

    init(participant: ParticipantID, leaf: LeafIndex, role: Role, heard: Moment) {
        self.participant = participant
        self.leaf = leaf
        self.role = role
        self.heard = heard
    }

    /// We were cut off and can't have heard them: once, until they are heard.
    mutating func excuse(at now: Moment) {
        guard !isExcused else { return }
        isExcused = true
        heard = max(heard, now - .seconds(15))
    }

    var shown: MemberEvent.Person {
        MemberEvent.Person(
            participant: participant,
            name: statement?.name ?? [],
            role: role,
            flags: statement?.flags ?? [],
            connected: connected,
            isMuted: isMuted
        )
    }
}
