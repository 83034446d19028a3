// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// Illegal material is shown by an infiltrator, and the meeting is punished for it.
@Suite("RT-30, RT-35: the meeting pays for an intruder")
struct RT30MeetingPaysForIntruderTests {
    @Test("RT-30: the ground names the sender, and the sender is the subject")
    func sender() throws {
        #expect(
            try refusal(.eject) { $0["evidence-author"] = Story.hash("infiltrator").text } == .evidenceAgainstAnother
        )
        #expect(
            try refusal(.suspend) { $0["evidence-author"] = Story.hash("infiltrator").text } == .evidenceAgainstAnother
        )
        #expect(try refusal(.eject) { $0["evidence-meeting"] = Story.hash("another").text } == .evidenceAgainstAnother)
        #expect(
            try refusal(.eject) { text in text.lines.removeAll { $0.key.hasPrefix("evidence") } } == .evidenceMissing
        )
    }

    @Test("RT-35: the whole meeting, when nobody tried to put the sender out")
    func narrowest() throws {
        #expect(try refusal(.endMeeting) { $0.remove("narrower-order") } == .missingLine(.narrowerOrder))
        #expect(try refusal(of: Story.complete(.endMeeting)) == .narrowerUntried)
        let council = try Council()
        let eject = try Story.complete(.eject, council: council, seed: 1)
        // Approved, ripe, and not executed.
        let end = try Story.complete(.endMeeting, council: council, seed: 2) {
            $0["narrower-order"] = eject.orderHash.text
        }
        end.narrower = eject.order
        #expect(try refusal(of: end) == .narrowerUntried)
    }
}
