// SPDX-License-Identifier: Apache-2.0

public import Base

extension TrustPolicy {
    /// "A checkpoint is considered valid if it is signed by any one of the listed logs, and it is cosigned by witnesses
    /// according to the defined quorum rule" (C2SP tlog-policy, What is a policy).
    ///
    /// - Parameter now: with it, cosignatures of a later time are refused ("verifiers MAY reject cosignatures with timestamps
    ///   in the future", tlog-cosignature); the caller adds what clocks may differ by.
    public func verify<Crypto: CryptoProvider>(
        _ signed: SignedCheckpoint,
        now: CosignatureTime? = nil,
        with crypto: Crypto.Type
    ) throws(TrustRefusal) -> CosignedCheckpoint {
        try cosigned(verified(signed, with: crypto), now: now, with: crypto)
    }

    /// The log's signature alone: the step before.
    public func verified<Crypto: CryptoProvider>(
        _ signed: SignedCheckpoint,
        with crypto: Crypto.Type
    ) throws(TrustRefusal) -> VerifiedCheckpoint {
        // Lines with the same key name are one log with several keys.
        let keys = logs.filter { $0.log.origin == signed.checkpoint.origin }.map { $0.key }
        guard let log = KnownLog(origin: signed.checkpoint.origin, keys: keys) else {
            throw .checkpoint(.unknownOrigin)
        }
        do throws(CheckpointRefusal) {
            return try VerifiedCheckpoint(signed, by: log, with: crypto)
        } catch {
            throw .checkpoint(error)
        }
    }

    /// What the witnesses say of a checkpoint whose log is known from elsewhere.
    public func cosigned<Crypto: CryptoProvider>(
        _ verified: VerifiedCheckpoint,
        now: CosignatureTime? = nil,
        with crypto: Crypto.Type
    ) throws(TrustRefusal) -> CosignedCheckpoint {
        let cosignatures = try cosignatures(on: verified, now: now, with: crypto)
        guard isSatisfied(by: Set(cosignatures.map { $0.witness })) else { throw .quorumMissed(cosignatures) }
        return CosignedCheckpoint(
            verified: verified,
            cosignatures: cosignatures,
            witnessedAt: quorumTime(cosignatures)
        )
    }

    /// The policy's witnesses that cosigned, enough or not.
    public func cosignatures<Crypto: CryptoProvider>(
        on verified: VerifiedCheckpoint,
        now: CosignatureTime? = nil,
        with crypto: Crypto.Type
    ) throws(TrustRefusal) -> [WitnessCosignature] {
        var cosignatures: [WitnessCosignature] = []
        for (index, witness) in witnesses.enumerated() {
            let found: VerifiedSignature
            do throws(NoteRefusal) {
                guard let first = try verified.note.verify(with: [witness.key], crypto: crypto).first else { continue }
                found = first
            } catch {
                if error == .noKnownSignature { continue }
                throw .checkpoint(.note(error))
            }
            guard let time = found.time else { continue }
            if let now, time > now { throw .futureCosignature(index) }
            cosignatures.append(WitnessCosignature(witness: index, time: time))
        }
        return cosignatures
    }
}
