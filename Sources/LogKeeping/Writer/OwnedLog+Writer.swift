// SPDX-License-Identifier: Apache-2.0

import NIOPosix
import NativeCrypto
public import Transparency

extension OwnedLog {
    /// The log's writer, its witnesses being those of the policy.
    ///
    /// - Parameters:
    ///   - exchange: how witnesses are reached.
    ///   - onTrouble: told of each witness that gave no cosignature.
    public func writer(
        policy: TrustPolicy,
        over exchange: some HTTPExchange,
        configuration: SequencerConfiguration = SequencerConfiguration(),
        onTrouble: @escaping @Sendable (PolicyWitness, WitnessTrouble) -> Void = { _, _ in },
        onEvent: @escaping @Sendable (LogWriterEvent) -> Void = { _ in }
    ) throws(OwnedLogFault) -> LogWriter<LogStore<PosixDisk>> {
        guard let sequencer = Sequencer(signer: signer, configuration: configuration) else {
            throw .badName(signer.key.name.text)
        }
        let store = store
        let round = WitnessRound(policy: policy, exchange: exchange, onFailure: onTrouble) { old, new in
            try await StoredProofs.consistency(from: old, to: new) { resources in
                try await NIOThreadPool.singleton.runIfActive { try store.read(resources.map { .published($0) }) }
            }
        }
        return LogWriter(sequencer, storage: store, now: { MonotonicClock.now }, onEvent: onEvent) { checkpoint in
            await round.collect(checkpoint)
        }
    }
}
