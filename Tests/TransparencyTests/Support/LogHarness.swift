// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
import TestSupport
import Transparency

/// A sequencer, its store, and clients that submit again until they are told where their entry went.
final class LogHarness {
    let signer: NoteSigner<NativeCrypto>
    let policy: TrustPolicy
    let configuration: SequencerConfiguration
    var store = MemoryStore()
    private(set) var sequencer: Sequencer<NativeCrypto>
    private(set) var now = Moment(nanoseconds: 0)
    private(set) var fault: SequencerFault?
    /// How often the process was started anew.
    private(set) var restarts = 0
    /// What clients were told, by their ticket.
    private(set) var places: [Ticket: UInt64] = [:]
    private(set) var refused: [Ticket: SubmissionRefusal] = [:]
    private var open: [Ticket: LogEntry] = [:]
    private var queue: [SequencerAction] = []
    private var nextTicket: UInt64 = 0
    /// Asked instead of the policy alone, if there are witnesses.
    var collect: ((VerifiedCheckpoint) throws -> CosignedCheckpoint?)?

    init(
        signer: NoteSigner<NativeCrypto>? = nil,
        policy: TrustPolicy? = nil,
        store: MemoryStore = MemoryStore(),
        configure: (inout SequencerConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = SequencerConfiguration()
        configure(&configuration)
        self.configuration = configuration
        self.signer = try signer ?? Keys.log()
        self.policy = try policy ?? Keys.policy(log: self.signer)
        self.store = store
        sequencer = try LogHarness.sequencer(self.signer, configuration)
        handle(.start)
    }

    private static func sequencer(
        _ signer: NoteSigner<NativeCrypto>,
        _ configuration: SequencerConfiguration
    ) throws -> Sequencer<NativeCrypto> {
        guard let sequencer = Sequencer(signer: signer, configuration: configuration) else {
            throw TestFailure.missing("sequencer")
        }
        return sequencer
    }

    private func handle(_ input: SequencerInput) { queue += sequencer.handle(input, now: now) }

    @discardableResult
    func submit(_ entry: LogEntry) -> Ticket {
        let ticket = Ticket(nextTicket)
        nextTicket += 1
        open[ticket] = entry
        handle(.submitted(ticket, entry))
        return ticket
    }

    /// Carries out everything until all clients have their answer and the log rests.
    func settle(rounds: Int = 10_000) throws {
        for _ in 0..<rounds {
            if !queue.isEmpty {
                try carryOut(queue.removeFirst())
            } else if fault != nil {
                return
            } else if let deadline = sequencer.nextDeadline, !open.isEmpty || isWaiting {
                now = max(now, deadline)
                handle(.tick)
            } else {
                return
            }
        }
        throw TestFailure.missing("rest")
    }

    /// True until the log is loaded and no retry is due.
    private var isWaiting: Bool { sequencer.head == nil }

    /// Lets so much time pass, then settles.
    func pass(_ interval: Interval) throws {
        now = now + interval
        handle(.tick)
        try settle()
    }

    private func carryOut(_ action: SequencerAction) throws {
        switch action {
        case .read(let keys):
            handle(.read(keys.map { store.files[$0] }))
        case .write(let step, let writes):
            for write in writes {
                switch store.apply(write) {
                case .done: continue
                case .failed: return handle(.writeFailed(step))
                case .killed: return try restart()
                }
            }
            handle(.written(step))
        case .collect(let checkpoint):
            store.checkText(checkpoint.note.encoded)
            if let collect {
                if let cosigned = try collect(checkpoint) { handle(.cosigned(cosigned)) } else { handle(.notCosigned) }
            } else {
                let signed = try SignedCheckpoint(parsing: checkpoint.note.encoded)
                handle(.cosigned(try policy.verify(signed, with: NativeCrypto.self)))
            }
        case .acknowledge(let receipts):
            for receipt in receipts {
                guard open.removeValue(forKey: receipt.ticket) != nil else { continue }
                places[receipt.ticket] = receipt.index
            }
        case .refuse(let ticket, let refusal):
            open[ticket] = nil
            refused[ticket] = refusal
        case .stop(let fault):
            self.fault = fault
        }
    }

    /// The process died: another one begins on the same store, and clients submit again what they heard nothing of.
    func restart() throws {
        restarts += 1
        queue = []
        sequencer = try LogHarness.sequencer(signer, configuration)
        handle(.start)
        for (ticket, entry) in open.sorted(by: { $0.key.number < $1.key.number }) {
            handle(.submitted(ticket, entry))
        }
    }

    func published() throws -> [UInt8] {
        guard let bytes = store.file(.checkpoint) else { throw TestFailure.missing("checkpoint") }
        return bytes
    }

    func head() throws -> TreeHead { try SignedCheckpoint(parsing: published()).checkpoint.head }

    /// Every entry of the published log, read from its bundles.
    func entries() throws -> [[UInt8]] {
        let size = try head().size
        var entries: [[UInt8]] = []
        while UInt64(entries.count) < size {
            guard let bundle = TileMath.bundle(of: UInt64(entries.count), size: size),
                let bytes = store.file(.entries(bundle))
            else { throw TestFailure.missing("bundle") }
            entries += try EntryBundle.decode(bytes, width: bundle.width)
        }
        return entries
    }

    /// The findings of a monitor that reads the whole log, or goes on from a state.
    func monitor(
        from state: MonitorState<NativeCrypto> = MonitorState(),
        views: [CheckpointView] = [],
        options: MonitorOptions = MonitorOptions(),
        now seconds: UInt64 = 1_800_000_000
    ) throws -> Monitor<NativeCrypto> {
        var monitor = Monitor(
            policy: policy,
            from: state,
            views: views,
            options: options,
            now: try Keys.time(seconds)
        )
        var action = monitor.start()
        while case .fetch(let resources) = action { action = monitor.handle(resources.map { store.file($0) }) }
        return monitor
    }

    /// All tiles, as a source of proofs.
    func tiles() -> TileSet<NativeCrypto> {
        var set = TileSet<NativeCrypto>()
        for case (.published(.tile(let place)), let bytes) in store.files {
            if let tile = try? Tile(decoding: bytes, width: place.width) { set.insert(tile, at: place) }
        }
        return set
    }
}
