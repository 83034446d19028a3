// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// A stolen mailbox of some police, an emergency that isn't one.
@Suite("RT-24: fake police")
struct RT24FakePoliceTests {
    @Test("an emergency without a call back can't be written, without a quorum it can't be done, and it doesn't last")
    func emergency() throws {
        #expect(try refusal(.discloseEmergency) { $0.remove("call-back") } == .missingLine(.callBack))
        #expect(try refusal(of: Story.complete(.discloseEmergency, by: ["alice", "frank"])) == .quorumMissed)
        let story = try Story.complete(.discloseEmergency)
        #expect(try refusal(of: story) == nil)
        story.wait(47 * 3_600)
        #expect(try refusal(of: story) == .emergencyVoid)
    }

    @Test("the requester's word about jurisdiction")
    func jurisdiction() throws {
        #expect(try refusal(.disclose) { $0["jurisdiction"] = "requester-statement" } == .jurisdictionByRequester)
        #expect(try refusal(.disclose) { $0["jurisdiction"] = "unknown" } == .jurisdictionUnknown)
        let story = try Story.complete(.eject, by: ["alice", "dan", "frank"]) { $0["jurisdiction-seat"] = "dan" }
        #expect(try refusal(of: story) == .approval(.requesterJurisdiction(try Council.name("dan"))))
    }
}
