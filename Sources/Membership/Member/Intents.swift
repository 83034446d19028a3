// SPDX-License-Identifier: Apache-2.0

import Base

/// What this person wants of the group and no commit has done yet.
struct Intents: Sendable {
    enum Edit: Hashable, Sendable {
        case lock(Bool)
        case lobby(Bool)
        case absence(MeetingPolicy.Absence)
        case history(MeetingPolicy.History)
        case cohost(ParticipantID, Bool)
        case resetLink
    }

    var removals: [ParticipantID] = []
    var edits: [Edit] = []

    var isEmpty: Bool { removals.isEmpty && edits.isEmpty }

    /// The policy as it is wanted. A removal changes the link with it.
    func applied(to policy: MeetingPolicy) -> MeetingPolicy {
        var policy = policy
        var rotates = !removals.isEmpty
        for edit in edits {
            switch edit {
            case .lock(let locked): policy.locked = locked
            case .lobby(let lobby): policy.lobby = lobby
            case .absence(let absence): policy.absence = absence
            case .history(let history): policy.history = history
            case .cohost(let participant, let isCohost):
                policy.cohosts.removeAll { $0 == participant }
                if isCohost, policy.cohosts.count < MeetingPolicy.maximumCohosts { policy.cohosts.append(participant) }
            case .resetLink: rotates = true
            }
        }
        // Who is shown out is no co-host any more when they are let in again.
        policy.cohosts.removeAll { removals.contains($0) }
        if rotates, policy.linkGeneration < .max { policy.linkGeneration += 1 }
        return policy
    }

    /// Without what a commit has done: the oldest of them.
    mutating func subtract(_ done: Intents) {
        removals.removeAll { done.removals.contains($0) }
        edits.removeFirst(min(done.edits.count, edits.count))
    }
}
