// SPDX-License-Identifier: Apache-2.0

import Base
import Transparency

/// A verified order whose whole case stands in a witnessed log: the fourth rung. Whether it may be executed now is the ``Permit``'s
/// to say.
public struct LoggedOrder: Hashable, Sendable {
    public let verified: VerifiedOrder
    /// Places in the log.
    public let proposed: UInt64
    public let approved: UInt64
    public let noticed: UInt64
    /// The `notice` entry.
    let notice: LogEntry
    /// Who stops the order, by entries of the log.
    let stopping: [Name]
    /// Whose voice the log takes away, and where it says so.
    let revocations: [Revocation]
    /// Orders that were executed, and where the log says so.
    let executions: [Execution]

    struct Revocation: Hashable, Sendable {
        let seat: Name
        let index: UInt64
    }
    struct Execution: Hashable, Sendable {
        let order: DocumentHash
        let index: UInt64
    }

    var order: Order { verified.order }
    var hash: DocumentHash { verified.signed.hash }

    init<Crypto: CryptoProvider>(
        _ verified: VerifiedOrder,
        in range: LoggedRange,
        with crypto: Crypto.Type
    ) throws(PermitRefusal) {
        let order = verified.order
        // From the charter's own entry on: whatever was changed, stopped or executed since is shown.
        let (offset, before) = verified.inForce.index.subtractingReportingOverflow(range.start)
        guard !before, offset < UInt64(range.entries.count), range.entries[Int(offset)] == verified.inForce.entry else {
            throw .charterNotInRange
        }
        let nonceHash = order.nonceHash(with: crypto)
        var reader = CaseReplay(verified, nonceHash: nonceHash, start: range.start)
        var needles = [order.caseID.text.utf8Bytes, nonceHash.hex, verified.signed.hash.hex]
        if let narrower = order.narrowerOrder { needles.append(narrower.hex) }
        let scan = EntryScan(needles: needles)
        for (offset, bytes) in range.entries.enumerated() where scan.matters(bytes) {
            try reader.read(bytes, at: range.start + UInt64(offset), in: range, with: crypto)
        }
        guard let proposed = reader.proposed else { throw .notProposed }
        guard !reader.executions.contains(where: { $0.order == verified.signed.hash }) else { throw .executedAlready }
        // The seats that stop it are named by who counts all stops.
        let isStopped = reader.progress.state == .halted
        guard reader.progress.order == verified.signed.hash else { throw .notProposed }
        guard let approved = reader.approved, let noticed = reader.noticed, let notice = reader.notice,
            isStopped || reader.progress.state == .noticed || reader.progress.state == .embargoed
        else {
            if isStopped { throw .stopped(reader.progress.stopping) }
            throw .notExecutable(reader.progress.state)
        }
        self.verified = verified
        self.proposed = proposed
        self.approved = approved
        self.noticed = noticed
        self.notice = notice
        stopping = reader.stopping
        revocations = reader.revocations
        executions = reader.executions
        try checkProposal(in: range)
        try reader.checkApprovals(of: verified, approved: approved, in: range)
    }

    private func checkProposal(in range: LoggedRange) throws(PermitRefusal) {
        guard range.absentUntil(proposed) >= verified.inForce.effective else { throw .charterNotInEffect }
        let seen = range.loggedBy(proposed)
        guard order.drafted.seconds <= seen else { throw .draftedLater }
        // Nobody could have executed it before its case began here: what follows shows every execution.
        guard seen <= order.notBefore.seconds else { throw .proposedTooLate }
    }
}

extension String {
    fileprivate var utf8Bytes: [UInt8] { Array(utf8) }
}
