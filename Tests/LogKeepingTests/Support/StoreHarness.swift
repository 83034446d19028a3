// SPDX-License-Identifier: Apache-2.0

import Base
import LogKeeping
import LogProcess
import NativeCrypto
import Transparency

/// A sequencer on a ``LogStore`` whose disk fails, and clients that submit again until they are told where their entry went.
///
/// One thread, no clock: time passes when nothing else is left to do.
final class StoreHarness {
    let disk: FaultyDisk
    let signer: NoteSigner<NativeCrypto>
    let policy: TrustPolicy
    private let configuration: SequencerConfiguration
    private var store: LogStore<FaultyDisk>
    private var sequencer: Sequencer<NativeCrypto>
    private var queue: [SequencerAction] = []
    private var now = Moment(nanoseconds: 0)
    private var open: [Ticket: LogEntry] = [:]
    private var nextTicket: UInt64 = 0
    private(set) var places: [Int: UInt64] = [:]
    private(set) var fault: SequencerFault?
    private(set) var restarts = 0
    /// Texts of all checkpoints that left the process, by size.
    private var texts: [UInt64: [UInt8]] = [:]
    /// Two checkpoints of one size.
    private(set) var hasForked = false

    static let root = "disk/data"

    init(_ disk: FaultyDisk) throws {
        self.disk = disk
        var configuration = SequencerConfiguration()
        configuration.mostEntries = 24
        self.configuration = configuration
        signer = try Logs.signer()
        policy = try Logs.policy(signer)
        store = LogStore(StoreHarness.root + "/log", on: disk)
        sequencer = try Logs.sequencer(signer, configuration)
        handle(.start)
    }

    func submit(_ number: Int) throws {
        let ticket = Ticket(UInt64(number))
        let entry = try NumberedEntry.make(number)
        open[ticket] = entry
        handle(.submitted(ticket, entry))
    }

    private func handle(_ input: SequencerInput) { queue += sequencer.handle(input, now: now) }

    /// Until every client has its answer, or the log has stopped.
    func settle() throws {
        for _ in 0..<100_000 {
            if disk.isDead {
                try restart()
            } else if !queue.isEmpty {
                carryOut(queue.removeFirst())
            } else if fault != nil {
                return
            } else if !open.isEmpty || sequencer.head == nil, let deadline = sequencer.nextDeadline {
                now = max(now, deadline)
                handle(.tick)
            } else {
                return
            }
        }
        throw Logs.Failure.noRest
    }

    private func carryOut(_ action: SequencerAction) {
        switch action {
        case .read(let keys):
            if let files = try? store.read(keys) { handle(.read(files)) } else { handle(.readFailed) }
        case .write(let step, let writes):
            do {
                try store.apply(writes)
                handle(.written(step))
            } catch {
                // A dead process hears nothing; `settle` starts another.
                if !disk.isDead { handle(.writeFailed(step)) }
            }
        case .collect(let checkpoint):
            let size = checkpoint.head.size
            if let before = texts[size], before != checkpoint.note.text { hasForked = true }
            texts[size] = checkpoint.note.text
            if let cosigned = try? policy.cosigned(checkpoint, with: NativeCrypto.self) { handle(.cosigned(cosigned)) }
        case .acknowledge(let receipts):
            for receipt in receipts where open.removeValue(forKey: receipt.ticket) != nil {
                places[Int(receipt.ticket.number)] = receipt.index
            }
        case .refuse(let ticket, _): open[ticket] = nil
        case .stop(let fault): self.fault = fault
        }
    }

    private func restart() throws {
        restarts += 1
        disk.restart()
        queue = []
        store = LogStore(StoreHarness.root + "/log", on: disk)
        sequencer = try Logs.sequencer(signer, configuration)
        handle(.start)
        for (ticket, entry) in open.sorted(by: { $0.key.number < $1.key.number }) { handle(.submitted(ticket, entry)) }
    }

    /// What is wrong for a client or a reader; nothing if all is well.
    func complaints(count: Int) throws -> [String] {
        var complaints: [String] = []
        if let fault { complaints.append("stopped: \(fault)") }
        if hasForked { complaints.append("two checkpoints of one size") }
        guard fault == nil, let published = try store.read(.checkpoint) else {
            return complaints + ["nothing published"]
        }
        let head = try SignedCheckpoint(parsing: published).checkpoint.head
        if head.size != UInt64(count) { complaints.append("\(head.size) entries, not \(count)") }
        if places.count != count { complaints.append("\(places.count) of \(count) were acknowledged") }
        for (number, place) in places {
            guard let bundle = TileMath.bundle(of: place, size: head.size),
                let bytes = try store.read(.entries(bundle)),
                let entries = try? EntryBundle.decode(bytes, width: bundle.width),
                entries[Int(place % 256)] == (try NumberedEntry.make(number).encoded)
            else {
                complaints.append("entry \(number) isn't at \(place)")
                continue
            }
        }
        var monitor = Monitor<NativeCrypto>(policy: policy, now: try Logs.time(1_800_000_000))
        var action = monitor.start()
        while case .fetch(let resources) = action {
            action = monitor.handle(try resources.map { try store.read($0) })
        }
        return complaints + monitor.findings.map(\.text)
    }
}
