// SPDX-License-Identifier: Apache-2.0

public import Base

/// A log's only writer: gathers entries into batches and takes each through the steps of ``SequencerStep``.
///
/// Recovery is no special case. At the start, and whenever a write may have failed, it reads how far the last batch came and
/// runs that batch through the same steps again. Whoever owns it carries out its actions one after another, and stamps each
/// input with the moment.
public struct Sequencer<Crypto: CryptoProvider>: Sendable {
    private enum State {
        case new
        case recovering
        /// Waits for the log's edge.
        case loading(Recovery)
        /// Nothing under way.
        case ready(Standing)
        case writing(SequencerStep, Run)
        case collecting(Run)
        /// Without a quorum of witnesses, until they are asked again.
        case unwitnessed(Run, until: Moment)
        /// After a failure of the store, until it is read again.
        case broken(until: Moment)
        case stopped(SequencerFault)
    }

    /// A log with nothing under way.
    private struct Standing {
        var log: GrowingLog<Crypto>
        var record: VerifiedCheckpoint
        /// When its cosignatures came; `nil` after a start.
        var announced: Moment?
    }

    /// A batch, or a checkpoint whose cosignatures are renewed, on its way.
    private struct Run {
        var batch: PreparedBatch<Crypto>
        /// What the record held when the batch began.
        var record: VerifiedCheckpoint?
        /// With the log's signature alone, as the record will hold it.
        var checkpoint: VerifiedCheckpoint
        /// With the witnesses', as readers get it.
        var cosigned: SignedNote?
        /// Whose tickets wait for it.
        var taken: [EntryPool.Waiting]
        var isRenewal = false
    }

    private let configuration: SequencerConfiguration
    private let signer: NoteSigner<Crypto>
    private let log: KnownLog
    private var pool: EntryPool
    private var state = State.new

    /// The log's origin is its key's name. `nil` for a name that can't be one.
    public init?(signer: NoteSigner<Crypto>, configuration: SequencerConfiguration = SequencerConfiguration()) {
        guard let log = KnownLog(key: signer.key) else { return nil }
        self.signer = signer
        self.configuration = configuration
        self.log = log
        pool = EntryPool(configuration)
    }

    /// When ``SequencerInput/tick`` is due; `nil` while an answer is awaited or there is nothing to do.
    public var nextDeadline: Moment? {
        switch state {
        case .broken(let until), .unwitnessed(_, let until):
            return until
        case .ready(let standing):
            let renewal = standing.announced.map { $0 + configuration.refreshInterval }
            guard let first = pool.waiting.first else { return renewal }
            let batch = first.since + configuration.batchInterval
            return renewal.map { min($0, batch) } ?? batch
        case .new, .recovering, .loading, .writing, .collecting, .stopped:
            return nil
        }
    }

    /// The log's head as it was last signed, with nothing of a batch under way in it; `nil` until the log is loaded.
    public var head: TreeHead? {
        switch state {
        case .ready(let standing): standing.record.head
        case .writing(_, let run), .collecting(let run), .unwitnessed(let run, _): run.record?.head
        case .new, .recovering, .loading, .broken, .stopped: nil
        }
    }

    /// True while the witnesses' quorum is missing.
    public var isUnwitnessed: Bool {
        if case .unwitnessed = state { true } else { false }
    }

    public mutating func handle(_ input: SequencerInput, now: Moment) -> [SequencerAction] {
        switch (input, state) {
        case (_, .stopped):
            if case .submitted(let ticket, _) = input { return [.refuse(ticket, .stopped)] }
            return []
        case (.submitted(let ticket, let entry), _):
            return submit(ticket, entry, now)
        case (.start, .new):
            return recover()
        case (.read(let files), .recovering):
            return recovered(files, now)
        case (.read(let files), .loading(let recovery)):
            return loaded(recovery, files, now)
        case (.readFailed, .recovering), (.readFailed, .loading):
            state = .broken(until: now + configuration.retryInterval)
            return []
        case (.written(let step), .writing(let current, let run)) where step == current:
            return advance(run, past: step, now)
        case (.writeFailed(let step), .writing(let current, let run)) where step == current:
            return breakOff(run, now)
        case (.cosigned(let checkpoint), .collecting(let run)):
            return cosigned(run, checkpoint)
        case (.notCosigned, .collecting(let run)):
            return unwitnessed(run, now)
        case (.tick, .unwitnessed(let run, let until)) where until <= now:
            state = .collecting(run)
            return [.collect(run.checkpoint)]
        case (.tick, .broken(let until)) where until <= now:
            return recover()
        case (.tick, .ready(let standing)):
            return next(standing, now)
        default:
            // An answer to something that isn't asked any more, or a tick too early.
            return []
        }
    }

    // MARK: Coming in

    private mutating func submit(_ ticket: Ticket, _ entry: LogEntry, _ now: Moment) -> [SequencerAction] {
        let bytes = entry.encoded
        let leaf = MerkleTree<Crypto>.leafHash(bytes)
        switch pool.add(ticket, bytes, leaf: leaf, now: now) {
        case .known(let index):
            return [.acknowledge([Receipt(ticket: ticket, index: index, leaf: leaf)])]
        case .busy:
            return [.refuse(ticket, .busy)]
        case .waits:
            guard case .ready(let standing) = state else { return [] }
            return next(standing, now)
        }
    }

    /// Begins a batch or a renewal if it is time.
    private mutating func next(_ standing: Standing, _ now: Moment) -> [SequencerAction] {
        let isFull = pool.waiting.count >= configuration.mostEntries
        if let first = pool.waiting.first, isFull || first.since + configuration.batchInterval <= now {
            let taken = pool.take(configuration.mostEntries)
            let stage = Stage(from: standing.record.head.size, entries: taken.map { $0.entry })
            return begin(stage, on: standing.log, record: standing.record, taken)
        }
        if let announced = standing.announced, announced + configuration.refreshInterval <= now {
            return renew(standing)
        }
        return []
    }

    // MARK: Recovery

    private mutating func recover() -> [SequencerAction] {
        state = .recovering
        return [.read(Recovery.keys)]
    }

    private mutating func recovered(_ files: [[UInt8]?], _ now: Moment) -> [SequencerAction] {
        do throws(SequencerFault) {
            let recovery = try Recovery(files: files, log: log, with: Crypto.self)
            let keys =
                GrowingLog<Crypto>.keys(for: recovery.base)
                + RecentLeaves.keys(for: recovery.base, most: configuration.mostRemembered)
            guard !keys.isEmpty else { return loaded(recovery, [], now) }
            state = .loading(recovery)
            return [.read(keys)]
        } catch {
            return stop(error)
        }
    }

    private mutating func loaded(_ recovery: Recovery, _ files: [[UInt8]?], _ now: Moment) -> [SequencerAction] {
        do throws(SequencerFault) {
            let edgeCount = GrowingLog<Crypto>.keys(for: recovery.base).count
            let growing = try GrowingLog<Crypto>(size: recovery.base, files: Array(files.prefix(edgeCount)))
            if let record = recovery.record, record.head.size == recovery.base {
                guard growing.edge.head == record.head else { throw .tilesContradictRecord }
            }
            let recent = try RecentLeaves(
                size: recovery.base,
                most: configuration.mostRemembered,
                files: files.dropFirst(edgeCount)
            )
            // All of the tree at the batch's beginning is published: a batch begins when the one before it was announced.
            var receipts = remember(recent.leaves, from: recent.first)
            receipts += remember(growing.edge.lastLeaves, from: recovery.base - UInt64(growing.edge.lastLeaves.count))
            if let batch = recovery.batch {
                return acknowledge(receipts) + begin(batch, on: growing, record: recovery.record, [])
            }
            guard let record = recovery.record else { throw .recordLost }
            if let finished = recovery.finished {
                receipts += remember(finished.entries.map { MerkleTree<Crypto>.leafHash($0) }, from: finished.from)
            }
            let standing = Standing(log: growing, record: record, announced: nil)
            // Nobody knows how old the published cosignatures are: they are renewed first.
            return acknowledge(receipts) + renew(standing)
        } catch {
            return stop(error)
        }
    }

    /// Entries that are in the published log: who waits for one hears where it is.
    private mutating func remember(_ leaves: [TreeHash], from first: UInt64) -> [Receipt] {
        guard !leaves.isEmpty else { return [] }
        _ = pool.withdraw(leaves)
        return pool.settle(leaves, from: first)
    }

    /// A write that may have failed: what is true is what the store says, so it is read again.
    private mutating func breakOff(_ run: Run, _ now: Moment) -> [SequencerAction] {
        pool.putBack(run.taken)
        state = .broken(until: now + configuration.retryInterval)
        return []
    }

    // MARK: A batch

    /// The one way into a batch, new or found. Entries that wait and are in it wait no longer.
    private mutating func begin(
        _ stage: Stage,
        on base: GrowingLog<Crypto>,
        record: VerifiedCheckpoint?,
        _ taken: [EntryPool.Waiting]
    ) -> [SequencerAction] {
        do throws(SequencerFault) {
            let batch = try PreparedBatch(stage, on: base)
            let checkpoint: VerifiedCheckpoint
            if let record, record.head.size == batch.head.size {
                // Signed before: never a second time, and never another tree of that size.
                guard record.head == batch.head else { throw .tilesContradictRecord }
                checkpoint = record
            } else {
                checkpoint = try sign(batch.head)
            }
            let found = pool.begin(batch.leaves)
            let run = Run(batch: batch, record: record, checkpoint: checkpoint, taken: taken + found)
            return write(.stage, run)
        } catch {
            return stop(error)
        }
    }

    private func sign(_ head: TreeHead) throws(SequencerFault) -> VerifiedCheckpoint {
        do throws(SignerRefusal) {
            return try VerifiedCheckpoint(signing: Checkpoint(origin: log.origin, head: head), with: signer)
        } catch {
            throw .signing(error)
        }
    }

    private mutating func write(_ step: SequencerStep, _ run: Run) -> [SequencerAction] {
        state = .writing(step, run)
        let writes: [StoreWrite] =
            switch step {
            case .stage: [.put(.stage, run.batch.stage.encoded(with: Crypto.self))]
            case .commit: [.replaceRecord(expected: run.record?.note.encoded, with: run.checkpoint.note.encoded)]
            case .publish: run.batch.files
            case .announce: run.cosigned.map { [.put(.published(.checkpoint), $0.encoded)] } ?? []
            case .tidy: run.batch.superseded
            }
        return [.write(step, writes)]
    }

    private mutating func advance(_ run: Run, past step: SequencerStep, _ now: Moment) -> [SequencerAction] {
        switch step {
        case .stage:
            return write(.commit, run)
        case .commit:
            return run.batch.files.isEmpty ? collect(run) : write(.publish, run)
        case .publish:
            return collect(run)
        case .announce:
            let receipts = run.isRenewal ? [] : pool.settle(run.batch.leaves, from: run.batch.stage.from)
            if run.isRenewal || run.batch.superseded.isEmpty {
                return acknowledge(receipts) + finish(run, now)
            }
            // What was acknowledged doesn't come back if tidying fails.
            var settled = run
            settled.taken = []
            return acknowledge(receipts) + write(.tidy, settled)
        case .tidy:
            return finish(run, now)
        }
    }

    private mutating func collect(_ run: Run) -> [SequencerAction] {
        state = .collecting(run)
        return [.collect(run.checkpoint)]
    }

    private mutating func cosigned(_ run: Run, _ cosigned: CosignedCheckpoint) -> [SequencerAction] {
        guard cosigned.verified.checkpoint == run.checkpoint.checkpoint else { return stop(.foreignCosignatures) }
        var run = run
        run.cosigned = cosigned.note
        return write(.announce, run)
    }

    private mutating func unwitnessed(_ run: Run, _ now: Moment) -> [SequencerAction] {
        let retry = now + configuration.retryInterval
        guard run.isRenewal else {
            state = .unwitnessed(run, until: retry)
            return []
        }
        // The published checkpoint stays as it is; new entries needn't wait for its renewal.
        let announced = retry - configuration.refreshInterval
        state = .ready(Standing(log: run.batch.log, record: run.checkpoint, announced: announced))
        return []
    }

    private mutating func finish(_ run: Run, _ now: Moment) -> [SequencerAction] {
        let standing = Standing(log: run.batch.log, record: run.checkpoint, announced: now)
        state = .ready(standing)
        return next(standing, now)
    }

    // MARK: Renewal

    /// Shows the witnesses the same checkpoint again, for cosignatures of today.
    private mutating func renew(_ standing: Standing) -> [SequencerAction] {
        do throws(SequencerFault) {
            let batch = try PreparedBatch(Stage(from: standing.record.head.size, entries: []), on: standing.log)
            let run = Run(
                batch: batch,
                record: standing.record,
                checkpoint: standing.record,
                taken: [],
                isRenewal: true
            )
            return collect(run)
        } catch {
            return stop(error)
        }
    }

    // MARK: Going out

    private func acknowledge(_ receipts: [Receipt]) -> [SequencerAction] {
        receipts.isEmpty ? [] : [.acknowledge(receipts)]
    }

    private mutating func stop(_ fault: SequencerFault) -> [SequencerAction] {
        state = .stopped(fault)
        return pool.dismiss().map { .refuse($0, .stopped) } + [.stop(fault)]
    }
}
