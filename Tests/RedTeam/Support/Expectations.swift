// SPDX-License-Identifier: Apache-2.0

import Base
import MLS
import MeetingSupport
import Membership
import NativeCrypto
import TestSupport
import Testing

extension SimulatedMember {
    /// Warnings of a kind, about somebody if that is asked for.
    func isWarned(_ kind: Warning.Kind, about participant: ParticipantID? = nil, detail: String? = nil) -> Bool {
        warnings.contains { warning in
            warning.kind == kind && (participant == nil || warning.about == participant)
                && (detail == nil || warning.detail == Array((detail ?? "").utf8))
        }
    }
}

extension Trial {
    /// Nobody has anything to complain about, now and in the next minute.
    func expectPeace(sourceLocation: SourceLocation = #_sourceLocation) {
        stage.run(for: .seconds(60))
        for member in everybody {
            #expect(member.warnings == [], sourceLocation: sourceLocation)
            #expect(member.ending == nil, sourceLocation: sourceLocation)
        }
    }

    /// All of them hear each other, and see the same words.
    func expectTalking(_ members: [SimulatedMember]? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
        let members = members ?? everybody
        for speaker in members {
            let line = "line \(randomness.next())"
            stage.say(speaker, line)
            for listener in members where listener !== speaker {
                #expect(listener.chat.contains(line), sourceLocation: sourceLocation)
            }
            #expect(speaker.words == members[0].words, sourceLocation: sourceLocation)
        }
    }

    /// The commit goes to everybody but its author, and each of them stays where they are, says why, signs the refusal and
    /// goes on with the others.
    func expectRefusal(
        of commit: MLSMessage,
        because rule: String,
        from author: SimulatedMember? = nil,
        naming named: ParticipantID?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let victims = everybody.filter { $0 !== author }
        let before = victims.map { ($0.newestEpoch, $0.people.keys.sorted { $0.rawValue < $1.rawValue }) }
        for victim in victims { #expect(victim.warnings == [], sourceLocation: sourceLocation) }
        try pass(commit, except: author)
        stage.run(for: .seconds(1))
        let group = try keys(of: host).shared
        for (victim, before) in zip(victims, before) {
            #expect(victim.newestEpoch == before.0, sourceLocation: sourceLocation)
            #expect(victim.people.keys.sorted { $0.rawValue < $1.rawValue } == before.1, sourceLocation: sourceLocation)
            #expect(
                victim.warnings.map { "\($0.kind) \(String(decoding: $0.detail, as: UTF8.self))" }
                    == ["refusedCommit \(rule)"],
                sourceLocation: sourceLocation
            )
            #expect(victim.warnings.first?.about == named, sourceLocation: sourceLocation)
        }
        let signed = node.refusals.filter { $0.isValid(of: commit.encoded, in: group) }
        #expect(Set(signed.map(\.leaf)).count == victims.count, sourceLocation: sourceLocation)
        expectTalking(victims, sourceLocation: sourceLocation)
    }
}
