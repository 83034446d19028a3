// SPDX-License-Identifier: Apache-2.0

import Base
public import Governance
import NativeCrypto
import TestSupport
public import Transparency

/// One case of a council, step by step, and the bundle that comes of it.
public final class Story {
    public let council: Council
    public let caseID: CaseID
    public private(set) var last: TreeHash?
    public private(set) var order: [UInt8] = []
    public private(set) var approvals: [[UInt8]] = []
    public private(set) var intends: [String: UInt64] = [:]
    public var noStops: [[UInt8]] = []
    public var notice: [UInt8]?
    public var narrower: [UInt8]?
    public private(set) var lastIndex: UInt64 = 0

    public init(_ council: Council, seed: UInt64 = 5) {
        self.council = council
        var randomness = SeededRandomness(seed: seed)
        caseID = CaseID.random(using: &randomness)
    }

    public static func hash(_ text: String) -> DocumentHash { .of(document: Array(text.utf8), with: NativeCrypto.self) }

    public var orderHash: DocumentHash { .of(document: order, with: NativeCrypto.self) }

    public func parsed() throws -> Order { try Order(parsing: order) }

    public func nonceHash() throws -> DocumentHash { try parsed().nonceHash(with: NativeCrypto.self) }

    /// An entry that follows the case's last one.
    @discardableResult
    public func log(_ type: EntryType, _ fields: [(EntryField, String)], after previous: TreeHash?? = nil) throws
        -> UInt64
    {
        let before: TreeHash? = previous ?? last
        let link: [(EntryField, String)] = [(.caseID, caseID.text), (.previous, before?.text ?? "none")]
        let index = try council.append(type, link + fields)
        last = council.log.leaf(index)
        lastIndex = index
        return index
    }

    /// An entry that somebody else has written for this case.
    public func adopt(_ entry: LogEntry) {
        lastIndex = council.log.append(entry.encoded)
        last = council.log.leaf(lastIndex)
    }

    public func wait(_ seconds: UInt64) { council.now += seconds }

    public func wait(minutes: UInt64) { wait(minutes * 60) }

    /// Received, authenticated, docketed, checked.
    public func open(by liaison: String = "lee", clerk: String = "cora") throws {
        try log(.contact, [(.actor, liaison), (.requester, "CN"), (.instrument, "warrant")])
        wait(60)
        try log(.check, [(.actor, clerk), (.outcome, "passed")])
        wait(60)
        try log(.docket, [(.actor, clerk), (.requester, "CN"), (.instrument, "warrant")])
        wait(60)
        try log(.check, [(.actor, clerk), (.outcome, "passed")])
        wait(60)
    }

    /// A lawful order of each kind, as of now.
    public func draft(_ action: Action, subject: String = "somebody") throws -> OrderText {
        func time(_ offset: Int64) throws -> String { try council.time(UInt64(Int64(council.now) + offset)).text }
        let day: Int64 = 86_400
        let someone = Story.hash("subject \(subject)").text
        let meeting = Story.hash("meeting").text
        var lines: [(String, String)] = [
            ("order", "ord-2026-000123"), ("case", caseID.text), ("charter", council.charterHash.text),
            ("action", action.text), ("subject", action == .endMeeting ? meeting : someone),
        ]
        switch action {
        case .disclose:
            lines += [("record", Story.hash("record").text), ("field", "created-at"), ("field", "last-seen-day")]
        case .discloseEmergency: lines += [("record", Story.hash("record").text), ("field", "contact")]
        case .eject: lines.append(("meeting", meeting))
        case .suspend: lines.append(("until", try time(20 * day)))
        default: break
        }
        lines += [
            ("proposer", "cora"), ("requester", "CN"), ("authority", "second-police-bureau"), ("instrument", "warrant"),
            ("instrument-document", Story.hash("warrant").text), ("legal-basis", "criminal-code-291"),
            ("drafted", try time(0)), ("conduct-from", try time(-2 * day)), ("conduct-to", try time(-day)),
            ("jurisdiction", "own-declaration"), ("jurisdiction-document", Story.hash("declaration").text),
            ("jurisdiction-seat", "alice"),
        ]
        if action == .discloseEmergency { lines.append(("call-back", Story.hash("call").text)) }
        if action.needsEvidence {
            lines += [
                ("evidence", "disclosed-message"), ("evidence-document", Story.hash("message").text),
                ("evidence-meeting", meeting), ("evidence-mode", "accountable"), ("evidence-author", someone),
                ("evidence-author-since", try time(-60 * day)), ("evidence-source", "outside"),
            ]
        }
        if action == .endMeeting { lines.append(("narrower-order", Story.hash("eject").text)) }
        if action.discloses { lines.append(("recipient-key", String(repeating: "5c", count: 32))) }
        lines += [("not-before", try time(3_600)), ("expires", try time(20 * day))]
        if action == .suspend {
            // The lock of a suspension is a week, its notice three days.
            lines[lines.count - 2].1 = try time(8 * day)
        }
        lines.append(("notice", action == .disclose || action == .suspend ? "before" : "at-once"))
        lines.append(("nonce", "00112233445566778899aabbccddeeff"))
        return OrderText(lines)
    }

    public func propose(
        _ text: OrderText,
        by clerk: String = "cora",
        as action: String? = nil,
        under charter: DocumentHash? = nil
    ) throws {
        order = text.bytes
        try log(
            .proposed,
            [
                (.actor, clerk), (.action, action ?? text["action"]), (.order, orderHash.text),
                (.charterHash, (charter ?? council.charterHash).text),
            ]
        )
    }

    public func statement(
        _ name: String,
        _ decision: Decision = .approve,
        confirming intend: TreeHash? = nil
    ) throws -> Approval {
        Approval(
            order: orderHash,
            charter: council.charterHash,
            seat: try Council.name(name),
            decision: decision,
            confirming: intend,
            reason: Story.hash("reason of \(name)")
        )
    }

    /// Logs a signed approval and puts it into the bundle.
    public func add(_ signed: Signed<Approval>) throws {
        let statement = signed.statement
        let index = try log(
            .approval,
            [
                (.actor, statement.seat.text), (.order, statement.order.text), (.stage, statement.stage.text),
                (.decision, statement.decision.text), (.assertion, signed.hash(with: NativeCrypto.self).text),
            ]
        )
        if statement.stage == .intend { intends[statement.seat.text] = index }
        approvals.append(signed.text)
    }

    /// The order without its place in the log.
    public func hold(_ text: OrderText) { order = text.bytes }

    /// Puts a signed approval into the bundle without logging it.
    public func keep(_ signed: Signed<Approval>) { approvals.append(signed.text) }

    public func intend(_ name: String) throws {
        try add(council.passkey(name).sign(statement(name)))
    }

    public func confirm(_ name: String) throws {
        guard let index = intends[name] else { throw SupportFailure.missing("intend of \(name)") }
        try add(council.passkey(name).sign(statement(name, confirming: council.log.leaf(index))))
    }

    public func replaceApprovals(_ change: ([[UInt8]]) -> [[UInt8]]) { approvals = change(approvals) }

    public func approve() throws { try log(.approved, [(.order, orderHash.text)]) }

    public func notify() throws {
        let order = try parsed()
        if case .embargo(let until, _) = order.notice {
            try log(.notice, [(.order, orderHash.text), (.embargoUntil, until.text)])
            return
        }
        let receipt = NoticeReceipt(
            order: orderHash,
            subject: order.subject,
            document: Story.hash("reasons and appeal"),
            channel: .client,
            sent: try council.time()
        )
        notice = receipt.text
        try log(.notice, [(.order, orderHash.text), (.receipt, Story.hash(of: receipt.text).text)])
    }

    private static func hash(of bytes: [UInt8]) -> DocumentHash { .of(document: bytes, with: NativeCrypto.self) }

    public func noStop(_ name: String, at seconds: UInt64? = nil, head: TreeHead? = nil) throws {
        let statement = NoStop(
            order: orderHash,
            charter: council.charterHash,
            seat: try Council.name(name),
            head: try head ?? council.log.head(),
            time: try council.time(seconds)
        )
        noStops.append(try council.passkey(name).sign(statement).text)
    }

    public func bundle(from start: UInt64? = nil) throws -> OrderBundle {
        let start = start ?? council.charterIndex
        return OrderBundle(
            order: order,
            charters: council.chain,
            approvals: approvals,
            narrower: narrower,
            notice: notice,
            noStops: noStops,
            checkpoints: council.marks,
            start: start,
            subtrees: try council.log.subtrees(before: start),
            entries: Array(council.log.entries[Int(start)...])
        )
    }

    /// What a verifier with this clock and a fresh checkpoint says. No signature is checked twice in one run of the tests.
    public func verify(
        _ bundle: OrderBundle? = nil,
        stops: [Signed<Stop>] = [],
        checkpoint: [UInt8]? = nil,
        now: UInt64? = nil
    ) throws -> Permit {
        let signed = try SignedCheckpoint(parsing: checkpoint ?? council.log.checkpoint(at: council.now))
        guard let time = CosignatureTime(seconds: now ?? council.now) else { throw SupportFailure.notATime }
        return try (bundle ?? self.bundle()).verify(
            stops: stops,
            genesis: council.genesis,
            checkpoint: signed,
            now: time,
            with: RememberingCrypto.self
        )
    }
}
