// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// Several insiders together: fewer than the quorum, of one organisation, or of two countries.
@Suite("RT-07: insiders collude")
struct RT07InsidersColludeTests {
    @Test("every coalition that lacks one", arguments: [Action.disclose, .eject, .suspend])
    func subsets(_ action: Action) throws {
        let story = try Story.complete(action)
        let all = Story.approvers(of: action)
        for missing in all {
            var bundle = try story.bundle()
            bundle.approvals.removeAll { String(decoding: $0, as: UTF8.self).contains("\nseat \(missing)\n") }
            let expected: PermitRefusal =
                missing == "alice" ? .jurisdictionNotAttested(try Council.name(missing)) : .quorumMissed
            #expect(try refusal(of: story, bundle) == expected)
        }
    }

    @Test("enough of them, in two countries")
    func twoCountries() throws {
        #expect(try refusal(of: Story.complete(.eject, by: ["alice", "ned", "frank"])) == .notDistinct)
    }

    @Test("one person in two seats")
    func twoSeats() throws {
        let text = try Council().charterText
        func line(_ beginning: String) throws -> [Substring] {
            try #require(text.split(separator: "\n").first { $0.hasPrefix(beginning) }).split(separator: " ")
        }
        // The same person, the same passkey, the same key under another id.
        for (seats, column) in [("seat", 5), ("credential", 4), ("credential", 5)] {
            let (one, other) = (try line("\(seats) alice")[column], try line("\(seats) bob")[column])
            #expect(throws: CharterRefusal.self) {
                try Charter(parsing: Array(text.replacing(other, with: one).utf8), with: NativeCrypto.self)
            }
        }
    }
}
