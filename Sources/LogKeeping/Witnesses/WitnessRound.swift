// SPDX-License-Identifier: Apache-2.0

import Base
import NativeCrypto
public import Transparency

/// Shows checkpoints to the witnesses of a policy, all at once (C2SP tlog-witness, add-checkpoint).
public actor WitnessRound<Exchange: HTTPExchange> {
    private let policy: TrustPolicy
    private let exchange: Exchange
    /// A proof that the checkpoint's tree continues its own first `old` entries.
    private let proof: @Sendable (_ old: UInt64, _ new: UInt64) async throws -> ConsistencyProof
    /// Told of each witness that gave no cosignature.
    private let onFailure: @Sendable (PolicyWitness, WitnessTrouble) -> Void
    private let grace: Duration
    /// What the witnesses had last; kept from checkpoint to checkpoint.
    private var sizes: [UInt64] = []

    /// The longest answer that is read: a few signature lines.
    private static var longestAnswer: Int { 65_536 }

    /// - Parameters:
    ///   - grace: how long further witnesses are waited for once there is a quorum.
    public init(
        policy: TrustPolicy,
        exchange: Exchange,
        grace: Duration = .milliseconds(500),
        onFailure: @escaping @Sendable (PolicyWitness, WitnessTrouble) -> Void = { _, _ in },
        proof: @escaping @Sendable (_ old: UInt64, _ new: UInt64) async throws -> ConsistencyProof
    ) {
        self.policy = policy
        self.exchange = exchange
        self.grace = grace
        self.onFailure = onFailure
        self.proof = proof
    }

    private enum Event: Sendable {
        case answered(Int, WitnessResponse)
        case lost(Int, WitnessTrouble)
        case graceIsOver
    }

    /// The checkpoint with its quorum, or `nil` if there is none for now.
    public func collect(_ checkpoint: VerifiedCheckpoint) async -> CosignedCheckpoint? {
        var collector = CosignatureCollector<NativeCrypto>(checkpoint, policy: policy, sizes: sizes)
        await withTaskGroup(of: Event.self) { group in
            for action in collector.start() { carryOut(action, checkpoint, &group) }
            var isGraceRunning = false
            while !collector.isOver, let event = await group.next() {
                switch event {
                case .answered(let witness, let response):
                    carryOut(collector.handle(response, from: witness), checkpoint, &group)
                case .lost(let witness, let trouble):
                    collector.lost(witness)
                    onFailure(policy.witnesses[witness], trouble)
                case .graceIsOver:
                    group.cancelAll()
                    return
                }
                if !isGraceRunning, !collector.isOver, collector.cosigned != nil {
                    isGraceRunning = true
                    let grace = grace
                    group.addTask {
                        try? await Task.sleep(for: grace)
                        return .graceIsOver
                    }
                }
            }
            group.cancelAll()
        }
        sizes = collector.sizes
        return collector.cosigned
    }

    private func carryOut(_ action: CollectorAction, _ checkpoint: VerifiedCheckpoint, _ group: inout TaskGroup<Event>)
    {
        switch action {
        case .none: break
        case .failed(let witness, let failure): onFailure(policy.witnesses[witness], .refused(failure))
        case .ask(let witness, let old):
            let (url, exchange, proof) = (policy.witnesses[witness].submissionURL, exchange, proof)
            group.addTask {
                guard let url else { return .lost(witness, .noURL) }
                do {
                    var shown = ConsistencyProof(hashes: [])
                    if old > 0, old < checkpoint.head.size { shown = try await proof(old, checkpoint.head.size) }
                    let request = AddCheckpointRequest(oldSize: old, proof: shown, checkpoint: checkpoint)
                    let reply = try await exchange.post(request.encoded, to: url, longest: Self.longestAnswer)
                    return .answered(
                        witness,
                        WitnessResponse(status: reply.status, contentType: reply.contentType, body: reply.body)
                    )
                } catch let failure as HTTPFailure {
                    return .lost(witness, .unreachable(failure))
                } catch {
                    return .lost(witness, .noProof)
                }
            }
        }
    }
}

extension PolicyWitness {
    /// `<submission prefix>/add-checkpoint`.
    var submissionURL: String? {
        url.map { prefix in
            let text = String(decoding: prefix, as: UTF8.self)
            return (text.hasSuffix("/") ? String(text.dropLast()) : text) + "/add-checkpoint"
        }
    }
}
