// SPDX-License-Identifier: Apache-2.0

public import Base
import NIOPosix
public import NativeCrypto
public import Transparency

/// Runs a ``Sequencer``: carries out what it wants on a store and at the witnesses, and wakes it when its time has come.
///
/// One for a log, by the process that holds the log's lock.
public actor LogWriter<Storage: LogStorage> {
    /// Shows a checkpoint to the witnesses; `nil` without a quorum.
    public typealias Collect = @Sendable (VerifiedCheckpoint) async -> CosignedCheckpoint?

    private var sequencer: Sequencer<NativeCrypto>
    private let storage: Storage
    private let collect: Collect
    private let now: @Sendable () -> Moment
    private let onEvent: @Sendable (LogWriterEvent) -> Void
    private var waiting: [Ticket: CheckedContinuation<Receipt, any Error>] = [:]
    private var nextTicket: UInt64 = 0
    private var alarm: Task<Void, Never>?
    private var isOver = false

    /// - Parameters:
    ///   - now: the monotonic clock.
    ///   - onEvent: told what an operator should know, from any thread.
    public init(
        _ sequencer: Sequencer<NativeCrypto>,
        storage: Storage,
        now: @escaping @Sendable () -> Moment,
        onEvent: @escaping @Sendable (LogWriterEvent) -> Void = { _ in },
        collect: @escaping Collect
    ) {
        self.sequencer = sequencer
        self.storage = storage
        self.now = now
        self.onEvent = onEvent
        self.collect = collect
    }

    /// Once.
    public func start() { handle(.start) }

    /// Returns when the entry is in the published log, which may take as long as the witnesses are away.
    ///
    /// - Throws: ``SubmissionRefusal``; `CancellationError` when the writer ends first (the entry may be in the log later, and
    ///   submitting it again is safe).
    public func submit(_ entry: LogEntry) async throws -> Receipt {
        guard !isOver else { throw CancellationError() }
        let ticket = Ticket(nextTicket)
        nextTicket += 1
        return try await withCheckedThrowingContinuation { continuation in
            waiting[ticket] = continuation
            handle(.submitted(ticket, entry))
        }
    }

    /// The log's head as it was last signed; `nil` until it is loaded.
    public var head: TreeHead? { sequencer.head }

    /// Takes no more; what is under way is left as it stands, as a crash would leave it.
    public func end() {
        isOver = true
        alarm?.cancel()
        for continuation in waiting.values { continuation.resume(throwing: CancellationError()) }
        waiting = [:]
    }

    private func handle(_ input: SequencerInput) {
        guard !isOver else { return }
        for action in sequencer.handle(input, now: now()) { carryOut(action) }
        setAlarm()
    }

    private func carryOut(_ action: SequencerAction) {
        switch action {
        case .read(let keys):
            Task { handle(await read(keys)) }
        case .write(let step, let writes):
            Task { handle(await write(step, writes)) }
        case .collect(let checkpoint):
            Task {
                if let cosigned = await collect(checkpoint) {
                    handle(.cosigned(cosigned))
                } else {
                    onEvent(.unwitnessed(size: checkpoint.head.size))
                    handle(.notCosigned)
                }
            }
        case .acknowledge(let receipts):
            for receipt in receipts { waiting.removeValue(forKey: receipt.ticket)?.resume(returning: receipt) }
        case .refuse(let ticket, let refusal):
            waiting.removeValue(forKey: ticket)?.resume(throwing: refusal)
        case .stop(let fault):
            onEvent(.stopped(fault))
        }
    }

    private func read(_ keys: [StoreKey]) async -> SequencerInput {
        do {
            return .read(try await NIOThreadPool.singleton.runIfActive { [storage] in try storage.read(keys) })
        } catch {
            onEvent(.readFailed("\(error)"))
            return .readFailed
        }
    }

    private func write(_ step: SequencerStep, _ writes: [StoreWrite]) async -> SequencerInput {
        do {
            try await NIOThreadPool.singleton.runIfActive { [storage] in try storage.apply(writes) }
            return .written(step)
        } catch {
            onEvent(.writeFailed(step, "\(error)"))
            return .writeFailed(step)
        }
    }

    private func setAlarm() {
        alarm?.cancel()
        guard let deadline = sequencer.nextDeadline else { return }
        let wait = max(0, (deadline - now()).nanoseconds)
        alarm = Task { [weak self] in
            try? await Task.sleep(for: .nanoseconds(wait))
            if !Task.isCancelled { await self?.handle(.tick) }
        }
    }
}
