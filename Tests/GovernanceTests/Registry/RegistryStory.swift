// SPDX-License-Identifier: Apache-2.0

import Governance
import GovernanceSupport
import NativeCrypto
import TestSupport
import Transparency

/// A council's registry with its log: what a node does with plans, without a node.
final class RegistryStory {
    typealias Registry = CaseRegistry<RememberingCrypto>

    let council: Council
    let drafts: Story
    var registry: Registry
    /// What a node would have stored.
    private(set) var papers: [DocumentHash: Paper] = [:]
    private(set) var marks: [(CaseID, [UInt8])] = []
    private(set) var stops: [Signed<Stop>] = []
    var order: [UInt8] = []
    var intends: [String: TreeHash] = [:]

    init(seed: UInt64 = 5) throws {
        council = try Council()
        drafts = Story(council, seed: seed)
        registry = try RegistryStory.open(council)
        try see()
    }

    var caseID: CaseID { drafts.caseID }
    var file: CaseFile? { registry.cases[caseID] }
    var orderHash: DocumentHash { .of(document: order, with: NativeCrypto.self) }

    static func open(_ council: Council) throws -> Registry {
        guard let now = CosignatureTime(seconds: council.now + 60) else { throw SupportFailure.notATime }
        return Registry(try CharterChain(council.chain, now: now, with: RememberingCrypto.self))
    }

    func wait(minutes: UInt64) { council.now += minutes * 60 }

    /// The log's newest checkpoint, as witnesses sign it now.
    func see() throws { marks += try registry.see(council.mark(), now: council.time()).map(RegistryStory.row) }

    private static func row(_ mark: RegistryPlan.Mark) -> (CaseID, [UInt8]) { (mark.caseID, mark.checkpoint.bytes) }

    /// Stores, logs, tells the registry, and lets witnesses see it.
    @discardableResult
    func carryOut(_ plan: RegistryPlan) throws -> [EntryType] {
        for paper in plan.papers { papers[paper.hash] = paper }
        marks += plan.marks.map(RegistryStory.row)
        if let stop = plan.stop {
            stops.append(stop)
            registry.keep(stop)
        }
        registry.keep(plan.marks)
        for entry in plan.entries {
            let index = council.log.append(entry.encoded)
            try registry.record(entry.encoded, at: index, papers: papers)
        }
        for paper in plan.papers { registry.keep(noStop: paper) }
        council.now += 10
        try see()
        council.now += 50
        return plan.entries.map { $0.type }
    }

    func plan(_ submission: Submission) throws -> RegistryPlan {
        try registry.plan(submission, documents: [], now: council.time())
    }

    @discardableResult
    func bring(_ submission: Submission) throws -> [EntryType] { try carryOut(plan(submission)) }

    func step(
        _ seat: String,
        _ deed: Deed,
        after previous: TreeHash?? = nil,
        documents: [DocumentHash] = [],
        signedBy signer: String? = nil
    ) throws -> Signed<Step> {
        try council.passkey(signer ?? seat).sign(
            Step(
                charter: council.charterHash,
                seat: Council.name(seat),
                caseID: caseID,
                previous: previous ?? file?.head,
                deed: deed,
                documents: documents,
                reason: Story.hash("reason")
            )
        )
    }

    @discardableResult
    func take(_ seat: String, _ deed: Deed, order: [UInt8]? = nil, notice: [UInt8]? = nil) throws -> [EntryType] {
        try bring(.step(step(seat, deed), order: order, notice: notice))
    }

    static func country(_ text: String) throws -> Country {
        guard let country = Country(text) else { throw SupportFailure.notAName(text) }
        return country
    }

    /// Received, authenticated, docketed, checked.
    func open() throws {
        try take("lee", .contact(requester: RegistryStory.country("CN"), .warrant))
        try take("cora", .authenticate(passed: true))
        try take("cora", .docket(requester: RegistryStory.country("CN"), .warrant, earlier: []))
        try take("cora", .check(.passed))
    }

    func propose(_ action: Action) throws {
        order = try drafts.draft(action).bytes
        drafts.hold(OrderText(order))
        try take("cora", .propose(orderHash), order: order)
    }

    func approval(_ name: String, confirming intend: TreeHash? = nil) throws -> Signed<Approval> {
        try council.passkey(name).sign(drafts.statement(name, confirming: intend))
    }

    func intend(_ name: String) throws {
        try bring(.approval(approval(name)))
        intends[name] = file?.head
    }

    @discardableResult
    func confirm(_ name: String) throws -> [EntryType] {
        try bring(.approval(approval(name, confirming: intends[name])))
    }

    func notify() throws {
        let receipt = NoticeReceipt(
            order: orderHash,
            subject: try Order(parsing: order).subject,
            document: Story.hash("reasons and appeal"),
            channel: .client,
            sent: try council.time()
        ).text
        let hash = DocumentHash.of(document: receipt, with: NativeCrypto.self)
        try take("cora", .notice(order: orderHash, receipt: hash), notice: receipt)
    }

    func noStop(_ name: String) throws -> Signed<NoStop> {
        try council.passkey(name).sign(
            NoStop(
                order: orderHash,
                charter: council.charterHash,
                seat: Council.name(name),
                head: council.log.head(),
                time: council.time()
            )
        )
    }

    /// From nothing to an order that may be executed.
    func ripen(_ action: Action) throws {
        try open()
        try propose(action)
        let names = Story.approvers(of: action)
        for name in names { try intend(name) }
        wait(minutes: 31)
        try see()
        for name in names { try confirm(name) }
        try notify()
        council.now += Story.lock(of: action)
        try see()
        try bring(.noStop(noStop("ada")))
    }

    /// As if the process had been killed: everything out of the log, and what was stored.
    func restart(losing lost: Set<DocumentHash> = []) throws {
        registry = try RegistryStory.open(council)
        for stop in stops { registry.keep(stop) }
        let kept = papers.filter { !lost.contains($0.key) }
        for (index, entry) in council.log.entries.enumerated() {
            try registry.record(entry, at: UInt64(index), papers: kept)
        }
        try registry.restore(marks: marks, now: council.time())
        for paper in kept.values { registry.keep(noStop: paper) }
        try see()
    }

    func bundle() throws -> OrderBundle {
        var bundle = try registry.bundle(of: orderHash)
        bundle.subtrees = try council.log.subtrees(before: bundle.start)
        bundle.entries = Array(council.log.entries[Int(bundle.start)...])
        guard let file = bundle.encoded else { throw SupportFailure.missing("entries") }
        return try OrderBundle(parsing: file)
    }

    func verify() throws -> Permit { try drafts.verify(bundle(), stops: registry.shelf.stops) }
}
