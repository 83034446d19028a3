// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// "If we don't handle them well …": urgency. Nobody can shorten a lock, and the emergency lane can't end or suspend anything.
@Suite("RT-06: hurry")
struct RT06HurryTests {
    @Test("no charter has an act within the hour", arguments: Action.allCases.filter { $0.actsOnSomebody })
    func charter(_ action: Action) throws {
        let text = try Council().charterText
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("timelock \(action.text) ") })
        let hurried = Array(text.replacing(line, with: "timelock \(action.text) 59m").utf8)
        do {
            _ = try Charter(parsing: hurried, with: NativeCrypto.self)
            Issue.record("accepted")
        } catch {
            #expect(error.rule == .timelockTooShort(action))
        }
    }

    @Test(
        "before the lock is over there is no permit, whatever clock the node claims",
        arguments: Action.allCases.filter { $0.actsOnSomebody && $0 != .endMeeting }
    )
    func lock(_ action: Action) throws {
        let story = Story(try Council())
        try story.approve(action)
        try story.notify()
        story.wait(minutes: 55)
        #expect(try refusal(of: story) == .timeLocked)
        #expect(try refusal(of: story, now: story.council.now + 10 * 86_400) == .staleCheckpoint)
    }

    @Test("the emergency lane discloses at most three fields, after a call back, and nothing else")
    func emergency() throws {
        #expect(try refusal(.discloseEmergency) { $0.remove("call-back") } == .missingLine(.callBack))
        #expect(
            try refusal(.discloseEmergency) { text in
                for number in 1...3 { text.insert("field", "z\(number)", after: "field") }
            } == .tooManyFields
        )
        for word in ["eject-emergency", "suspend-emergency", "end-meeting-emergency"] {
            #expect(try refusal(.eject) { $0["action"] = word } == .invalidValue(.action))
        }
    }
}
