// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// Accounts were suspended afterwards, without a word, for good.
@Suite("RT-34: suspended without a word")
struct RT34SuspendedWithoutAWordTests {
    @Test("no notice, no permit")
    func notice() throws {
        let silent = Story(try Council())
        try silent.approve(.suspend)
        silent.wait(Story.lock(of: .suspend))
        #expect(try refusal(of: silent) == .notExecutable(.timeLocked))
        let late = Story(try Council())
        try late.approve(.suspend)
        late.wait(Story.lock(of: .suspend))
        try late.notify()
        late.wait(60)
        #expect(try refusal(of: late) == .noticeTooLate)
        let story = try Story.complete(.suspend)
        story.notice = nil
        #expect(try refusal(of: story) == .wrongNotice)
        let atOnce = try Story.complete(.suspend) { $0["notice"] = "at-once" }
        #expect(try refusal(of: atOnce) == .noticeBeyondCharter)
    }

    @Test("it ends by itself, within 30 days")
    func end() throws {
        let council = try Council()
        #expect(try refusal(.suspend) { $0["until"] = "forever" } == .invalidValue(.until))
        #expect(try refusal(.suspend) { $0.remove("until") } == .missingLine(.until))
        #expect(
            try refusal(.suspend) { $0["until"] = try council.time(council.now + 39 * 86_400).text }
                == .suspensionTooLong
        )
        let story = try Story.complete(.suspend)
        let permit = try story.verify()
        #expect(permit.scope == .account(until: permit.until))
    }
}
