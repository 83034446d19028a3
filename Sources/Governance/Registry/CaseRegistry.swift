// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transparency

/// All open cases of a log's writer, and whatever is asked before an entry of a case goes in.
///
/// Pure: `(registry, input, now) → plan`. What was planned has happened when it is in the log, and ``record(_:at:papers:)`` was told. After
/// a restart the log is read from its beginning: nothing that gives power is kept anywhere else.
public struct CaseRegistry<Crypto: CryptoProvider>: Sendable {
    /// Cases at a time.
    public static var mostOpenCases: Int { 4_096 }
    /// A closed case's texts are deleted after so long: 30 days.
    public static var retention: UInt64 { 30 * 86_400 }
    /// How many of the newest checkpoints a no-stop may name.
    static var mostRecent: Int { 16 }

    public internal(set) var chain: CharterChain
    /// Open ones, and closed ones until their texts are deleted.
    public internal(set) var cases: [CaseID: CaseFile] = [:]
    public internal(set) var shelf = StopShelf()
    /// The newest first; at least one unless the log has no witnesses.
    public internal(set) var recent: [KeptCheckpoint] = []
    var book = CaseBook<Crypto>()
    /// Voices that the log takes away, and when.
    var revocations: [(seat: Name, since: EntryTime)] = []

    public init(_ chain: CharterChain) { self.chain = chain }

    public var newest: KeptCheckpoint? { recent.first }

    /// Texts that the log names and that are gone or altered: their cases go on without them, or not at all.
    public var lost: [DocumentHash] { cases.values.flatMap { $0.lost } }

    // MARK: Who may

    /// The charter in effect, under which something can be ordered.
    func charterForOrders(_ now: EntryTime) throws(RegistryRefusal) -> CharterInForce {
        let inForce = try charterForStops(now)
        guard now < inForce.charter.expires else { throw .charterExpired }
        return inForce
    }

    /// What only takes power away needs no charter that is still valid.
    func charterForStops(_ now: EntryTime) throws(RegistryRefusal) -> CharterInForce {
        guard let inForce = chain.current(at: now) else {
            throw chain.charters.last?.seats.isEmpty == true ? .noSeats : .notWitnessed
        }
        guard !inForce.charter.seats.isEmpty else { throw .noSeats }
        return inForce
    }

    /// That the seat signed it.
    func verify<Content: Statement>(
        _ signed: Signed<Content>,
        under inForce: CharterInForce
    ) throws(RegistryRefusal) -> (Verified<Content>, Seat) {
        let name = signed.statement.seat
        guard let seat = inForce.charter.seat(name) else { throw .unknownSeat(name) }
        let verified: Verified<Content>
        do throws(AssertionRefusal) { verified = try signed.verify(under: inForce.charter, with: Crypto.self) } catch {
            throw .assertion(error)
        }
        return (verified, seat)
    }

    /// That the seat signed it, is in office and has its voice.
    func check<Content: Statement>(
        _ signed: Signed<Content>,
        under inForce: CharterInForce,
        _ now: EntryTime
    ) throws(RegistryRefusal) -> (Verified<Content>, Seat) {
        let name = signed.statement.seat
        let (verified, seat) = try verify(signed, under: inForce)
        guard seat.since <= now, seat.until.map({ now < $0 }) ?? true else { throw .outOfOffice(name) }
        guard !isRevoked(name, now, inForce.charter) else { throw .seatRevoked(name) }
        return (verified, seat)
    }

    func isRevoked(_ name: Name, _ now: EntryTime, _ charter: Charter) -> Bool {
        if revocations.contains(where: { $0.seat == name && now.seconds < $0.since.seconds + StopBook.revocation }) {
            return true
        }
        return shelf.revoked(at: now, under: charter).contains(name)
    }

    func openCase(_ caseID: CaseID) throws(RegistryRefusal) -> CaseFile {
        guard let file = cases[caseID], file.closed == nil else { throw .unknownCase }
        guard file.entries < CaseFile.mostEntries else { throw .tooManyEntries }
        return file
    }

    // MARK: What goes into the log

    /// Asks the book about entries that follow each other, without taking them in.
    func admit(_ entries: [LogEntry]) throws(RegistryRefusal) {
        var book = book
        do throws(CaseRefusal) {
            for entry in entries {
                // The place counts for overdue openings alone, which this copy isn't asked for.
                try book.admit(.known(entry), leaf: MerkleTree<Crypto>.leafHash(entry.encoded), index: 0)
            }
        } catch {
            throw .book(error)
        }
    }

    /// An entry of the log, in the log's order: from its beginning after a start, then each that was planned.
    ///
    /// - Parameter papers: the texts that it may speak of.
    /// - Throws: an entry that has no place in its case. It is in the log all the same, and the log is broken.
    public mutating func record(
        _ bytes: [UInt8],
        at index: UInt64,
        papers: [DocumentHash: Paper]
    ) throws(RegistryRefusal) {
        guard let read = try? ReadEntry(parsing: bytes) else { return }
        let leaf = MerkleTree<Crypto>.leafHash(bytes)
        do throws(CaseRefusal) { try book.admit(read, leaf: leaf, index: index) } catch { throw .book(error) }
        guard case .known(let entry) = read else { return }
        if entry.type == .seat, entry.isField(.change, "revoke"), let seat = entry.text(.seat).flatMap({ Name($0) }) {
            revocations.append((seat, entry.time))
        }
        guard let link = entry.link else { return }
        var file = cases[link.caseID] ?? CaseFile(link.caseID, first: index, leaf: leaf)
        do throws(CaseRule) {
            try file.take(
                entry,
                leaf: leaf,
                at: index,
                under: chain.charter(at: entry.time),
                papers: papers,
                with: Crypto.self
            )
        } catch {
            throw .desk(.rule(error))
        }
        cases[link.caseID] = file
    }

    /// The newest cosigned checkpoint.
    ///
    /// - Returns: for which cases it is to be kept: those that had no checkpoint after their last step.
    public mutating func see(_ checkpoint: [UInt8], now: EntryTime) throws(RegistryRefusal) -> [RegistryPlan.Mark] {
        let inForce = try charterForStops(now)
        let kept: KeptCheckpoint
        do throws(CheckpointFault) {
            kept = try KeptCheckpoint(parsing: checkpoint, under: inForce.policy, with: Crypto.self)
        } catch {
            throw .notWitnessed
        }
        guard newest.map({ $0.head.size <= kept.head.size && $0 != kept }) ?? true else { return [] }
        recent.insert(kept, at: 0)
        if recent.count > Self.mostRecent { recent.removeLast() }
        var marks: [RegistryPlan.Mark] = []
        for (caseID, file) in cases where file.closed == nil && file.isUnmarked && file.lastIndex < kept.head.size {
            marks.append(RegistryPlan.Mark(caseID: caseID, checkpoint: kept))
        }
        keep(marks)
        return marks
    }

    /// Checkpoints that were kept before a restart, or that a plan keeps.
    public mutating func keep(_ marks: [RegistryPlan.Mark]) {
        for mark in marks { _ = cases[mark.caseID]?.mark(mark.checkpoint) }
    }

    /// The same from their bytes; those that don't hold under the charter in effect are left out.
    public mutating func restore(marks: [(CaseID, [UInt8])], now: EntryTime) {
        guard let inForce = chain.current(at: now) else { return }
        for (caseID, bytes) in marks {
            guard let kept = try? KeptCheckpoint(parsing: bytes, under: inForce.policy, with: Crypto.self) else {
                continue
            }
            _ = cases[caseID]?.mark(kept)
        }
    }
}
