// SPDX-License-Identifier: Apache-2.0

public import Base

/// The log's side of add-checkpoint (C2SP tlog-witness): shows one checkpoint to all witnesses of a policy at once, and keeps
/// what they sign until it is enough.
public struct CosignatureCollector<Crypto: CryptoProvider>: Sendable {
    private enum Progress {
        case idle
        /// A request from this size is out; and how often the witness named another one.
        case asked(old: UInt64, conflicts: Int)
        case done
        case failed
    }

    private let policy: TrustPolicy
    private var checkpoint: VerifiedCheckpoint
    private var progress: [Progress]
    /// The size of each witness's latest checkpoint, as far as we know; worth keeping for the next checkpoint.
    public private(set) var sizes: [UInt64]

    /// A witness may have moved on by another's hand once or twice while we ask; more often it plays with us.
    private static var mostConflicts: Int { 3 }

    /// - Parameter sizes: what the last collector knew; where nothing is known, 0 ("it MAY initially make a request with a
    ///   old size of zero to obtain it").
    public init(_ checkpoint: VerifiedCheckpoint, policy: TrustPolicy, sizes: [UInt64] = []) {
        self.policy = policy
        self.checkpoint = checkpoint
        progress = policy.witnesses.map { _ in .idle }
        self.sizes = policy.witnesses.indices.map { $0 < sizes.count ? sizes[$0] : 0 }
    }

    /// Whom to ask, each with a proof from the size that it has.
    public mutating func start() -> [CollectorAction] {
        progress.indices.map { ask($0, conflicts: 0) }
    }

    /// The checkpoint with its quorum, once it has it. Later cosignatures only add to it.
    public var cosigned: CosignedCheckpoint? { try? policy.cosigned(checkpoint, with: Crypto.self) }

    /// True when nothing is outstanding any more.
    public var isOver: Bool {
        progress.allSatisfy {
            switch $0 {
            case .done, .failed: true
            case .idle, .asked: false
            }
        }
    }

    /// A witness answered.
    public mutating func handle(_ response: WitnessResponse, from witness: Int) -> CollectorAction {
        guard progress.indices ~= witness, case .asked(let old, let conflicts) = progress[witness] else {
            return .none
        }
        switch response.status {
        case 200:
            return cosigned(response.body, witness)
        case 409:
            guard response.body.last == .newline, let size = Decimal.parse(response.body.dropLast()), size != old,
                conflicts < Self.mostConflicts
            else { return fail(witness, .malformedAnswer) }
            // It has seen a larger tree of ours than we have: our store was set back, or somebody else has our key.
            guard size <= checkpoint.head.size else { return fail(witness, .aheadOfUs(size)) }
            sizes[witness] = size
            return ask(witness, conflicts: conflicts + 1)
        case 422:
            // It has another tree of ours at that size, or none that ours continues.
            return fail(witness, .inconsistent)
        default:
            return fail(witness, .status(response.status))
        }
    }

    /// A witness couldn't be reached, or not in time.
    public mutating func lost(_ witness: Int) {
        guard progress.indices ~= witness else { return }
        progress[witness] = .failed
    }

    private mutating func ask(_ witness: Int, conflicts: Int) -> CollectorAction {
        let old = min(sizes[witness], checkpoint.head.size)
        progress[witness] = .asked(old: old, conflicts: conflicts)
        return .ask(witness, old: old)
    }

    private mutating func fail(_ witness: Int, _ failure: CollectorFailure) -> CollectorAction {
        progress[witness] = .failed
        return .failed(witness, failure)
    }

    /// "The client MUST ignore any cosignatures from unknown keys."
    private mutating func cosigned(_ body: [UInt8], _ witness: Int) -> CollectorAction {
        let key = policy.witnesses[witness].key
        guard let signatures = try? SignedNote.signatures(parsing: body[...]) else {
            return fail(witness, .malformedAnswer)
        }
        let answer = SignedNote(text: checkpoint.note.text, signatures: signatures)
        guard let own = (try? answer.verify(with: [key], crypto: Crypto.self))?.first, own.time != .zero else {
            return fail(witness, .wrongSignature)
        }
        checkpoint = checkpoint.adding([own.signature])
        progress[witness] = .done
        sizes[witness] = checkpoint.head.size
        return .none
    }
}
