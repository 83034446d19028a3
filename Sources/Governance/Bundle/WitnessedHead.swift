// SPDX-License-Identifier: Apache-2.0

import Base
package import Transparency

/// A cosigned tree, and what the witnesses' clocks prove about when it was seen.
///
/// Both bounds hold unless everybody of some quorum lies. A median over all cosignatures would not: witnesses that the policy gives
/// no weight would count in it (docs/decisions/0010).
struct WitnessedHead {
    let head: TreeHead
    /// The tree was seen, and nothing larger, at this time or later: seconds since 1970.
    let notBefore: UInt64
    /// The tree was seen by this time: seconds since 1970.
    let notAfter: UInt64

    init?(_ cosigned: CosignedCheckpoint, under policy: TrustPolicy) {
        guard let earliest = policy.quorumTime(cosigned.cosignatures),
            let latest = policy.quorumDeadline(cosigned.cosignatures)
        else { return nil }
        head = cosigned.head
        notBefore = earliest.seconds
        notAfter = latest.seconds
    }
}

extension TrustPolicy {
    /// The earliest time such that the cosignatures made then or before satisfy the quorum; `nil` if there is none, or if the policy
    /// asks for no witness. ``quorumTime(_:)`` is the other bound.
    package func quorumDeadline(_ cosignatures: [WitnessCosignature]) -> CosignatureTime? {
        guard case .of = quorum else { return nil }
        var counted: Set<Int> = []
        for cosignature in cosignatures.sorted(by: { $0.time < $1.time }) {
            counted.insert(cosignature.witness)
            if isSatisfied(by: counted) { return cosignature.time }
        }
        return nil
    }

    /// A checkpoint as bundles carry them: every signature on it is one of the policy's and holds.
    func witnessed<Crypto: CryptoProvider>(
        _ signed: SignedCheckpoint,
        now: CosignatureTime,
        with crypto: Crypto.Type
    ) throws(CheckpointFault) -> WitnessedHead {
        for signature in signed.note.signatures {
            guard
                logs.contains(where: { signature.isFrom($0.key) })
                    || witnesses.contains(where: { signature.isFrom($0.key) })
            else { throw .foreignSignature }
        }
        return try head(signed, now: now, with: crypto)
    }

    /// The same for a checkpoint from anywhere, whose other signatures say nothing.
    func head<Crypto: CryptoProvider>(
        _ signed: SignedCheckpoint,
        now: CosignatureTime,
        with crypto: Crypto.Type
    ) throws(CheckpointFault) -> WitnessedHead {
        let cosigned: CosignedCheckpoint
        do throws(TrustRefusal) { cosigned = try verify(signed, now: now, with: crypto) } catch { throw .trust(error) }
        guard let witnessed = WitnessedHead(cosigned, under: self) else { throw .noWitnesses }
        return witnessed
    }
}
