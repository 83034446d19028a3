// SPDX-License-Identifier: Apache-2.0

import Accounts
import Governance
import GovernanceSupport
import NativeCrypto
import SealingSupport
import Testing
import Transparency

@Suite("An order that was executed")
struct ExecutedOrderTests {
    /// A suspension that was judged and logged, and weeks of which nobody has kept more than files.
    private struct Files {
        let vault: Vault
        let story: Story
        let permit: Permit
        let bundle: OrderBundle
        let checkpoint: [UInt8]
        let entry: UInt64
        let proof: [UInt8]
    }

    private func files(loggedAfter wait: UInt64 = 60, entryOf order: DocumentHash? = nil) throws -> Files {
        let vault = try Vault()
        let story = try vault.story(.suspend)
        let (permit, bundle) = (try story.verify(), try story.bundle())
        let checkpoint = try vault.council.log.checkpoint(at: vault.council.now)
        try story.log(.executed, [(.order, (order ?? permit.order).text)])
        story.wait(wait)
        let proof = try vault.council.log.proof(of: story.lastIndex, at: vault.council.now)
        return Files(
            vault: vault,
            story: story,
            permit: permit,
            bundle: bundle,
            checkpoint: checkpoint,
            entry: story.lastIndex,
            proof: proof
        )
    }

    private func verify(_ files: Files, _ bundle: OrderBundle? = nil, entry: UInt64? = nil) throws -> Permit {
        let council = files.vault.council
        return try (bundle ?? files.bundle).verifyExecuted(
            by: council.log.entries[Int(entry ?? files.entry)],
            proof: LogProof(parsing: files.proof),
            genesis: council.genesis,
            checkpoint: SignedCheckpoint(parsing: files.checkpoint),
            now: #require(CosignatureTime(seconds: council.now)),
            with: NativeCrypto.self
        )
    }

    private func refusal(_ body: () throws -> Void) throws -> ExecutionRefusal? {
        do {
            try body()
            return nil
        } catch let refusal as ExecutionRefusal {
            return refusal
        }
    }

    @Test("gives the permit of then, to a node that starts anew and to the person, as long as they ask")
    func later() throws {
        let files = try files()
        #expect(throws: PermitRefusal.executedAlready) { try files.story.verify() }
        files.vault.council.now += 10 * 86_400
        let permit = try verify(files)
        #expect(permit == files.permit)
        let suspension = try #require(Suspension(permit, salt: files.vault.salt))
        let (account, now) = (try files.vault.account(), try files.vault.council.time())
        #expect(suspension.applies(to: account, now: now, with: NativeCrypto.self))
    }

    @Test("isn't one that never was executed, or another order")
    func never() throws {
        let files = try files()
        #expect(try refusal { _ = try verify(files, entry: files.entry - 1) } == .wrongEntry)
        let other = try self.files(entryOf: Story.hash("another order"))
        #expect(try refusal { _ = try verify(other) } == .wrongEntry)
        let entry = try LogEntry(
            .executed,
            at: files.vault.council.time(),
            [(.caseID, files.story.caseID.text), (.previous, "none"), (.order, files.permit.order.text)]
        )
        files.vault.council.log.append(entry.encoded)
        // With the other entry's proof.
        #expect(
            try refusal { _ = try verify(files, entry: files.entry + 1) } == .notLogged(.inclusion(.rootMismatch))
        )
    }

    @Test("isn't one that had no permit, or whose execution was logged when a stop may have come between")
    func unlawful() throws {
        let files = try files()
        var early = files.bundle
        early.approvals.removeLast()
        guard case .permit? = try refusal({ _ = try verify(files, early) }) else {
            Issue.record("a bundle without a quorum's approvals")
            return
        }
        #expect(try refusal { _ = try verify(self.files(loggedAfter: 1_200)) } == nil)
        #expect(try refusal { _ = try verify(self.files(loggedAfter: 1_201)) } == .loggedTooLate)
    }
}
