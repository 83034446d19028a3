// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// Accounts in other people's names, pictures on them, complaints from them.
@Suite("RT-26, RT-27, RT-28: fabricated evidence")
struct RT26FabricatedEvidenceTests {
    @Test("RT-26: an account made for the purpose")
    func youngAccount() throws {
        let council = try Council()
        for days in [0, 1, 29] as [UInt64] {
            let since = try council.time(council.now - (days + 1) * 86_400).text
            #expect(try refusal(.suspend) { $0["evidence-author-since"] = since } == .evidenceFromYoungKey)
        }
        #expect(try refusal(.suspend) { $0["evidence-author-since"] = "none" } == .evidenceFromYoungKey)
    }

    @Test("RT-27: a perfect forgery of a picture", arguments: ["image", "screenshot", "avatar", "profile", "video"])
    func picture(_ kind: String) throws {
        for action in [Action.eject, .suspend, .endMeeting] {
            #expect(try refusal(action) { $0["evidence"] = kind } == .inadmissibleEvidence)
        }
    }

    @Test("RT-28: two hundred complaints are as good as none")
    func complaints() throws {
        for count in [1, 200] {
            let found = try refusal(.suspend) { text in
                let piece = text.lines.filter { $0.key.hasPrefix("evidence") }
                let head = text.lines.prefix { $0.key != "evidence" }
                let tail = text.lines.drop { $0.key != "not-before" }
                text.lines = head + (0..<count).flatMap { _ in piece } + tail
                text["evidence"] = "report"
            }
            #expect(found == .inadmissibleEvidence || found == .tooLong)
        }
    }

    @Test("a message out of a meeting where nothing is provable")
    func deniable() throws {
        #expect(try refusal(.eject) { $0["evidence-mode"] = "deniable" } == .deniableEvidence)
    }
}
