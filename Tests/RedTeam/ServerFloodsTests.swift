// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import MeetingSupport
import Membership
import TestSupport
import Testing

/// Garbage in any quantity: no trap, no growth that matters, nobody in the meeting named for it.
@Suite("The server floods")
struct ServerFloodsTests {
    @Test("with random bytes as everything that it can say")
    func garbage() throws {
        let trial = try Trial()
        trial.expectPeace()
        let epoch = try #require(trial.host.newestEpoch)
        for round in 0..<500 {
            let bytes = trial.randomness.bytes(Int(trial.randomness.next() % 300))
            let other = ParticipantID(rawValue: trial.randomness.next())
            let number = trial.randomness.next()
            let knock = NodeMessage.SealedKnock(
                participant: other,
                alias: round.isMultiple(of: 2) ? bytes : trial.node.room?.currentAlias ?? [],
                knock: bytes
            )
            let words: [NodeMessage] = [
                .commit(sequence: number, epoch: round.isMultiple(of: 2) ? epoch : 0, commit: bytes),
                .proposal(sequence: number, proposal: bytes),
                .message(sequence: number, from: other, message: bytes),
                .message(sequence: 0, from: trial.host.id, message: bytes),
                .reopened(sequence: number, epoch: epoch - 1, refusals: [bytes, bytes]),
                .reopened(sequence: number, epoch: epoch, refusals: [bytes]),
                .knock(knock), .knockGone(other),
                .participant(NodeMessage.Present(participant: other, connected: round.isMultiple(of: 2))),
                .group(epoch: number, groupInfo: bytes, tree: bytes),
                .accepted(request: UInt32(truncatingIfNeeded: number), epoch: number, sequence: number),
                .sent(request: UInt32(truncatingIfNeeded: number)),
                .error(code: bytes, request: UInt32(truncatingIfNeeded: number), detail: bytes),
                .ready(epoch: number), .waiting(hostPresent: true), .vacant(nodeKey: bytes),
            ]
            for victim in trial.everybody { for word in words { trial.node.deliver(word, to: victim.id) } }
        }
        trial.stage.run(for: .seconds(1))
        for member in trial.everybody {
            #expect(member.isInside && member.ending == nil && member.newestEpoch == epoch)
            #expect(member.people.count == 3)
            #expect(member.warnings.allSatisfy { $0.about == nil })
            #expect(member.warningKinds.isSubset(of: [.refusedCommit, .unreadableMessages, .fork]))
            #expect(member.warnings.count { $0.kind == .unreadableMessages } == 1)
        }
        trial.expectTalking()
    }

    @Test("with commits that say they are of somebody and aren't signed: they aren't named for them")
    func framing() throws {
        let trial = try Trial()
        trial.expectPeace()
        let made = try trial.commit(by: trial.guests[0], [])
        var bytes = made.commit.encoded
        bytes[bytes.count - 40] ^= 1
        let epoch = try #require(trial.host.newestEpoch)
        trial.node.broadcast(except: trial.guests[0].id) { .commit(sequence: $0, epoch: epoch, commit: bytes) }
        trial.stage.run(for: .milliseconds(10))
        for member in [trial.host, trial.guests[1]] {
            #expect(member.warnings.map(\.kind) == [.refusedCommit])
            #expect(member.warnings[0].about == nil)
        }
        trial.expectTalking()
    }
}
