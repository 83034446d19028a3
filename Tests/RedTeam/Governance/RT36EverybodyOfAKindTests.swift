// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// "Ban all the free accounts from US04."
@Suite("RT-36: everybody of a kind")
struct RT36EverybodyOfAKindTests {
    @Test(
        "wildcards, lists and cohorts can't be written",
        arguments: ["*", "all", "us04", "free-accounts", "a,b", "0*", "c:abc", ""]
    )
    func cohort(_ subject: String) throws {
        for action in Action.allCases where action.actsOnSomebody {
            #expect(try refusal(action) { $0["subject"] = subject } == .notOneSubject)
        }
    }

    @Test("two subjects")
    func two() throws {
        let other = Story.hash("another").text
        #expect(try refusal(.suspend) { $0.insert("subject", other, after: "subject") } == .notOneSubject)
        #expect(try refusal(.suspend) { $0["subject"] += " " + other } == .notOneSubject)
    }

    @Test("bulk-subject is no action of any charter or order")
    func never() throws {
        #expect(try refusal(.suspend) { $0["action"] = "bulk-subject" } == .neverOrderable(.bulkSubject))
        let text = try Council().charterText
        #expect(throws: CharterRefusal.self) {
            try Charter(parsing: Array((text + "quorum bulk-subject many\n").utf8), with: NativeCrypto.self)
        }
    }
}
