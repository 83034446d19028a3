// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// The officer's touch is taken for something else than they meant.
@Suite("Approvals that were never meant")
struct ApprovalsNeverMeantTests {
    private func with(_ assertion: (Story, Approval) throws -> Assertion) throws -> PermitRefusal? {
        let story = try Story.complete(.eject)
        var bundle = try story.bundle()
        let first = try Signed<Approval>(parsing: bundle.approvals[0])
        bundle.approvals[0] = Signed(first.statement, try assertion(story, first.statement)).text
        return try refusal(of: story, bundle)
    }

    private static func alice(_ refusal: AssertionRefusal) throws -> PermitRefusal {
        .approval(.assertion(try Council.name("alice"), refusal))
    }

    @Test("a login whose challenge was the approval's hash")
    func login() throws {
        let found = try with { story, statement in
            let key = try story.council.passkey("alice")
            let challenge = statement.challenge(with: NativeCrypto.self)
            let page = key.clientData(challenge).replacing(key.origin, with: "https://meet.example")
            return try key.assertion(over: challenge, clientData: page, rpID: "meet.example")
        }
        #expect(found == (try ApprovalsNeverMeantTests.alice(.wrongOrigin)))
        let foreign = try with { story, statement in
            try story.council.passkey("alice").assertion(
                over: statement.challenge(with: NativeCrypto.self),
                rpID: "meet.example"
            )
        }
        #expect(foreign == (try ApprovalsNeverMeantTests.alice(.wrongRelyingParty)))
    }

    @Test("a page that shows one text and asks for another")
    func otherText() throws {
        let found = try with { story, statement in
            let shown = Approval(
                order: Story.hash("the text that was shown"),
                charter: statement.charter,
                seat: statement.seat,
                decision: .approve,
                reason: statement.reason
            )
            return try story.council.passkey("alice").assertion(over: shown.challenge(with: NativeCrypto.self))
        }
        #expect(found == (try ApprovalsNeverMeantTests.alice(.wrongChallenge)))
    }

    @Test(
        "a touch without the officer: no presence, no verification, a copied key",
        arguments: [
            (UInt8(0x04), AssertionRefusal.userNotPresent), (0x01, .userNotVerified), (0x0D, .backupEligible),
            (0x15, .backedUp),
        ]
    )
    func flags(_ flags: UInt8, _ expected: AssertionRefusal) throws {
        let found = try with { story, statement in
            try story.council.passkey("alice").assertion(
                over: statement.challenge(with: NativeCrypto.self),
                flags: flags
            )
        }
        #expect(found == (try ApprovalsNeverMeantTests.alice(expected)))
    }

    @Test("both touches at once, out of fatigue")
    func fatigue() throws {
        let story = Story(try Council())
        try story.propose(.eject)
        for name in Story.approvers(of: .eject) {
            try story.intend(name)
            try story.confirm(name)
        }
        try story.approve()
        story.wait(60)
        try story.council.mark()
        try story.ripen(.eject)
        #expect(try refusal(of: story) == .approval(.tooQuick(try Council.name("alice"))))
    }
}
