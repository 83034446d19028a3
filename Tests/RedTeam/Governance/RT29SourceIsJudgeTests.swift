// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// The insider brings the evidence, proposes, and has colleagues approve.
@Suite("RT-29: source, proposer and judge are one")
struct RT29SourceIsJudgeTests {
    @Test("by seat and by organisation, in the verifier")
    func verifier() throws {
        for (source, approver) in [("bob", "bob"), ("alice", "ned")] {
            let story = try Story.complete(.eject, by: ["carol", approver, "frank"]) {
                $0["evidence-source"] = source
                $0["jurisdiction-seat"] = "carol"
            }
            #expect(try refusal(of: story) == .approval(.evidenceSource(try Council.name(approver))))
        }
    }

    @Test("by seat and by organisation, at the desk")
    func desk() throws {
        let council = try Council()
        for (proposer, source, expected) in [
            ("alice", "outside", Exclusion.proposer), ("cora", "alice", .evidenceSource),
        ] {
            let story = Story(council, seed: source == "alice" ? 1 : 2)
            var desk = CaseDesk(caseID: story.caseID)
            func handle(_ input: CaseInput) throws {
                try story.handle(input, at: &desk)
            }
            let cora = try Council.name("cora")
            let country = try #require(Country("CN"))
            try handle(.contact(by: cora, requester: country, .warrant))
            try handle(.authenticate(by: cora, passed: true))
            try handle(.docket(by: cora, requester: country, .warrant, earlier: []))
            try handle(.check(by: cora, .passed))
            var text = try story.draft(.eject)
            text["proposer"] = proposer
            text["evidence-source"] = source
            let order = try Order(parsing: text.bytes)
            try handle(.propose(order))
            for name in ["alice", "ned"] {
                let approval = Approval(
                    order: order.hash(with: NativeCrypto.self),
                    charter: order.charter,
                    seat: try Council.name(name),
                    decision: .approve,
                    reason: Story.hash("x")
                )
                #expect(throws: DeskRefusal.conflict(expected)) {
                    try handle(.approval(council.passkey(name).sign(approval)))
                }
            }
        }
    }

    @Test("an appeal is heard by others")
    func appeal() throws {
        let desk = CaseDesk(caseID: Story(try Council()).caseID)
        let seats = desk.appealSeats(under: try Council().charter()).map { $0.text }
        #expect(seats == ["alice", "bob", "carol", "dan", "eve", "ned", "frank", "grace"])
    }
}
