// SPDX-License-Identifier: Apache-2.0

import Base

extension Monitor {
    mutating func readCheckpoint(_ bytes: [UInt8]?) -> MonitorAction {
        guard let bytes else {
            find(.checkpoint, .missing)
            return end()
        }
        guard let verified = verified(bytes, at: .checkpoint) else { return end() }
        checkpoint = verified
        checkWitnesses(verified)
        for view in unread {
            if let seen = self.verified(view.bytes, at: .view(view.name)) {
                views.append((view.name, seen.head, view.isEarlier))
            }
        }
        let (old, new) = (state.head, verified.head)
        if new.size < old.size {
            find(.checkpoint, .rolledBack(from: old.size, to: new.size))
            return end()
        }
        if new.size == old.size {
            if new.root != old.root {
                find(.checkpoint, new.size == 0 ? .rootMismatch : .fork(size: new.size))
                return end()
            }
            return finish()
        }
        return nextBundles(from: reading.edge.size >> UInt64(TileMath.height))
    }

    private mutating func verified(_ bytes: [UInt8], at place: FindingPlace) -> VerifiedCheckpoint? {
        do throws(CheckpointRefusal) {
            let signed = try SignedCheckpoint(parsing: bytes)
            do throws(TrustRefusal) {
                return try policy.verified(signed, with: Crypto.self)
            } catch {
                if case .checkpoint(let refusal) = error { find(place, .checkpoint(refusal)) }
                return nil
            }
        } catch {
            find(place, .checkpoint(error))
            return nil
        }
    }

    private mutating func checkWitnesses(_ verified: VerifiedCheckpoint) {
        do throws(TrustRefusal) {
            cosignatures = try policy.cosignatures(on: verified, with: Crypto.self)
        } catch {
            // A known witness's name under a signature that isn't its own.
            if case .checkpoint(let refusal) = error { find(.checkpoint, .checkpoint(refusal)) }
            return
        }
        let latest = now.advanced(by: options.clockTolerance)
        for cosignature in cosignatures where cosignature.time > latest {
            find(.witness(policy.witnesses[cosignature.witness].name), .futureCosignature)
        }
        guard policy.isSatisfied(by: Set(cosignatures.map { $0.witness })) else {
            find(.checkpoint, .quorumMissed(cosignatures.count))
            return
        }
        if let time = policy.quorumTime(cosignatures), time.advanced(by: options.oldestCosignature) < now {
            find(.checkpoint, .stale(since: time))
        }
    }
}
