// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import Testing
import Transparency

/// One dissident, year after year. The fourth case in half a year waits for somebody from outside.
@Suite("RT-08: the same person again and again")
struct RT08SamePersonAgainTests {
    private func proposal(earlierDays: [UInt64], checkedBy external: Bool) throws -> [LogEntry] {
        let council = try Council()
        let story = Story(council)
        var desk = CaseDesk(caseID: story.caseID)
        let (lee, cora) = (try Council.name("lee"), try Council.name("cora"))
        let country = try #require(Country("CN"))
        func handle(_ input: CaseInput) throws -> [LogEntry] {
            try story.handle(input, at: &desk)
        }
        _ = try handle(.contact(by: lee, requester: country, .warrant))
        _ = try handle(.authenticate(by: cora, passed: true))
        let earlier = try earlierDays.map { try council.time(council.now - $0 * 86_400) }
        _ = try handle(.docket(by: cora, requester: country, .warrant, earlier: earlier))
        _ = try handle(.check(by: cora, .passed))
        if external { _ = try handle(.check(by: Council.name("frank"), .passed)) }
        return try handle(.propose(Order(parsing: story.draft(.eject).bytes)))
    }

    @Test("three cases in 180 days")
    func repeated() throws {
        #expect(throws: DeskRefusal.repeatedTargeting) { try proposal(earlierDays: [10, 50, 179], checkedBy: false) }
        #expect(try proposal(earlierDays: [10, 50, 179], checkedBy: true).count == 1)
        #expect(try proposal(earlierDays: [10, 50, 180], checkedBy: false).count == 1)
        #expect(try proposal(earlierDays: [10, 50], checkedBy: false).count == 1)
    }
}
