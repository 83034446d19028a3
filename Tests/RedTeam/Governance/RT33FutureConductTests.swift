// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// A meeting was ended before it began, since an earlier one "was illegal".
@Suite("RT-33: what hasn't happened yet")
struct RT33FutureConductTests {
    @Test("conduct after the draft, or a draft after the proposal")
    func future() throws {
        let council = try Council()
        let tomorrow = try council.time(council.now + 86_400).text
        #expect(try refusal(.eject) { $0["conduct-to"] = tomorrow } == .futureConduct)
        #expect(
            try refusal(.eject) {
                $0["conduct-from"] = tomorrow
                $0["conduct-to"] = tomorrow
            } == .futureConduct
        )
        // Dated ahead, so that the conduct looks past: the log says when it was proposed.
        let story = try Story.complete(.eject) {
            $0["drafted"] = tomorrow
            $0["conduct-to"] = tomorrow
            $0["not-before"] = tomorrow
        }
        story.wait(2 * 86_400)
        #expect(try refusal(of: story) == .draftedLater)
    }

    @Test("no line is for what is only expected")
    func noGround() throws {
        for line in ["expected-conduct", "risk", "early-warning", "topic"] {
            #expect(try refusal(.eject) { $0.insert(line, "high", after: "conduct-to") } == .missingLine(.jurisdiction))
        }
    }
}
