// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import SealingSupport
import Testing
import Transparency

@testable import Sealing

/// "Detailed lists of our daily monitoring": many people's data, every day.
@Suite("RT-11: daily lists")
struct RT11DailyListsTests {
    @Test("an order is for one record: a second one can't be written into it")
    func oneRecord() throws {
        let vault = try Vault()
        var text = OrderText(try vault.story().order)
        text.insert("record", Story.hash("another").text, after: "record")
        #expect(throws: OrderRefusal.self) { try Order(parsing: text.bytes) }
    }

    @Test("a custodian's machine releases 20 records a day, whatever permits it is shown")
    func cap() throws {
        let vault = try Vault()
        var book = ReleaseBook()
        let permits = try (0..<21 as Range<UInt64>).map { seed in
            let council = try Council(people: Vault.people)
            return try vault.story(council: council, seed: 100 + seed).verify()
        }
        #expect(Set(permits.map { $0.order }).count == 21)
        let now = try vault.council.time()
        for permit in permits.prefix(ReleaseBook.mostPerDay) { try book.enter(permit, now: now) }
        book = try ReleaseBook(parsing: book.text)
        #expect(throws: ReleaseRefusal.tooManyToday) { try book.enter(permits[20], now: now) }
        // The same again isn't one more; tomorrow is another day.
        try book.enter(permits[0], now: now)
        let before = try vault.council.time(vault.council.now + 86_399)
        #expect(throws: ReleaseRefusal.tooManyToday) { try book.enter(permits[20], now: before) }
        try book.enter(permits[20], now: vault.council.time(vault.council.now + 86_400))
        #expect(book.text.count < ReleaseBook.longest)
    }
}
