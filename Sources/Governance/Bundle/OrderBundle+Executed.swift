// SPDX-License-Identifier: Apache-2.0

public import Base
public import Transparency

extension OrderBundle {
    /// Within so long of the judgement the log's witnesses have seen that it was executed: 20 minutes.
    public static let executionTime: UInt64 = 2 * freshness

    /// Judges a bundle that was executed: for who enforces a suspension for weeks, and for who is told of one. From `executed` on
    /// ``verify(stops:genesis:checkpoint:now:with:)`` refuses, since nothing is done twice.
    ///
    /// - Parameters:
    ///   - entry: the log's `executed` entry.
    ///   - proof: its tlog-proof.
    ///   - checkpoint: the one that it was judged by; the bundle's entries reach exactly to it.
    ///   - now: the verifier's clock.
    /// - Returns: the permit of then. Whether its `until` has passed is for the caller to look at.
    public func verifyExecuted<Crypto: CryptoProvider>(
        by entry: [UInt8],
        proof: LogProof,
        genesis: DocumentHash,
        checkpoint: SignedCheckpoint,
        now: CosignatureTime,
        with crypto: Crypto.Type
    ) throws(ExecutionRefusal) -> Permit {
        let (moment, policy) = try moment(of: checkpoint, genesis: genesis, now: now, with: crypto)
        let permit: Permit
        do throws(PermitRefusal) {
            permit = try verify(stops: [], genesis: genesis, checkpoint: checkpoint, now: moment, with: crypto)
        } catch {
            throw .permit(error)
        }
        guard let said = try? LogEntry(parsing: entry), said.type == .executed, said.hash(.order) == permit.order else {
            throw .wrongEntry
        }
        let logged: LoggedEntry
        do throws(ProofRefusal) {
            logged = try proof.verify(
                leaf: MerkleTree<Crypto>.leafHash(entry),
                policy: policy,
                now: now.advanced(by: OrderBundle.clockTolerance),
                with: crypto
            )
        } catch {
            throw .notLogged(error)
        }
        guard let seen = policy.quorumDeadline(logged.checkpoint.cosignatures) else { throw .noWitnesses }
        guard seen.seconds <= moment.seconds + OrderBundle.executionTime else { throw .loggedTooLate }
        return permit
    }

    /// The latest moment at which a witness signed a checkpoint, by witnesses' clocks, and the policy that says who is one.
    public func moment<Crypto: CryptoProvider>(
        of checkpoint: SignedCheckpoint,
        genesis: DocumentHash,
        now: CosignatureTime,
        with crypto: Crypto.Type
    ) throws(ExecutionRefusal) -> (CosignatureTime, TrustPolicy) {
        let latest = now.advanced(by: OrderBundle.clockTolerance)
        let inForce: CharterInForce
        do throws(ChainRefusal) {
            inForce = try CharterInForce(chain: charters, genesis: genesis, now: latest, with: crypto)
        } catch {
            throw .chain(error)
        }
        let cosigned: CosignedCheckpoint
        do throws(TrustRefusal) {
            cosigned = try inForce.policy.verify(checkpoint, now: latest, with: crypto)
        } catch {
            throw .checkpoint(error)
        }
        guard let moment = cosigned.cosignatures.map({ $0.time }).max() else { throw .noWitnesses }
        return (moment, inForce.policy)
    }
}
