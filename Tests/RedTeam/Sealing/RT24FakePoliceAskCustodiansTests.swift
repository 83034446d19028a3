// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import SealingSupport
import Testing

@testable import Sealing

/// An urgent mail out of a stolen mailbox of some police.
@Suite("RT-24: fake police ask custodians")
struct RT24FakePoliceAskCustodiansTests {
    @Test("an emergency that the full quorum doesn't confirm in 48 hours opens nothing any more")
    func void() throws {
        let vault = try Vault()
        let story = try vault.story(.discloseEmergency)
        let permit = try story.verify()
        #expect(try refusal(of: vault, by: "cleo", under: permit) == nil)
        story.wait(48 * 3_600)
        #expect(throws: PermitRefusal.emergencyVoid) { try story.verify() }
        // A permit that was kept since then doesn't help either.
        #expect(try refusal(of: vault, by: "cleo", under: permit) == .permitExpired)
    }

    @Test("without the quorum of an emergency there is nothing to show to a custodian")
    func few() throws {
        let vault = try Vault()
        #expect(throws: PermitRefusal.quorumMissed) {
            try vault.story(.discloseEmergency, approvers: ["alice", "frank"]).verify()
        }
    }
}
