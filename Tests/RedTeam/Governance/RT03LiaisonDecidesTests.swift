// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// One person was intake, judge and executioner. A liaison's seat can register a contact, and nothing else.
@Suite("RT-03: the liaison decides")
struct RT03LiaisonDecidesTests {
    @Test("through the desk: every step but the first is refused")
    func desk() throws {
        let council = try Council()
        let story = Story(council)
        let (lee, cora) = (try Council.name("lee"), try Council.name("cora"))
        let country = try #require(Country("CN"))
        var desk = CaseDesk(caseID: story.caseID)
        func handle(_ input: CaseInput) throws {
            try story.handle(input, at: &desk)
            council.now += 60
        }
        let onlyRegisters = DeskRefusal.rule(.liaisonMayOnlyRegister(lee))
        try handle(.contact(by: lee, requester: country, .warrant))
        #expect(throws: onlyRegisters) { try handle(.authenticate(by: lee, passed: true)) }
        try handle(.authenticate(by: cora, passed: true))
        #expect(throws: onlyRegisters) { try handle(.docket(by: lee, requester: country, .warrant, earlier: [])) }
        try handle(.docket(by: cora, requester: country, .warrant, earlier: []))
        #expect(throws: onlyRegisters) { try handle(.check(by: lee, .passed)) }
        try handle(.check(by: cora, .passed))
        var text = try story.draft(.eject)
        text["proposer"] = "lee"
        #expect(throws: onlyRegisters) { try handle(.propose(Order(parsing: text.bytes))) }
        text["proposer"] = "cora"
        let order = try Order(parsing: text.bytes)
        try handle(.propose(order))
        let hash = order.hash(with: NativeCrypto.self)
        let approval = Approval(order: hash, charter: order.charter, seat: lee, decision: .approve, reason: hash)
        // Its tie to the requester is seen first; with another requester it would be its role.
        #expect(throws: DeskRefusal.conflict(.requesterJurisdiction)) {
            try handle(.approval(council.passkey("lee").sign(approval)))
        }
        let stop = try council.stop("lee", .halt(order.nonceHash(with: NativeCrypto.self)))
        #expect(throws: onlyRegisters) { try handle(.stop(stop)) }
        #expect(throws: DeskRefusal.rule(.wrongRole(lee))) { try handle(.close(by: lee, .withdrawn)) }
    }

    @Test("by writing into the log: the verifier replays every step")
    func log() throws {
        let story = try Story.complete(.eject) { $0["proposer"] = "lee" }
        #expect(try refusal(of: story) == .proposerMayNotPropose)
    }

    @Test("by a charter: no quorum takes a liaison")
    func charter() throws {
        for group in ["counsel-two 2 alice", "advocate-any 1 ada", "keepers 3 kim"] {
            let seat = String(group.split(separator: " ")[2])
            #expect(throws: CharterRefusal.self) {
                try Council(edit: {
                    $0.replacing("group \(group)", with: "group " + group.replacing(seat, with: "lee"))
                }).charter()
            }
        }
    }
}
