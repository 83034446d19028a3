// SPDX-License-Identifier: Apache-2.0

/// Why a checkpoint doesn't satisfy a policy.
public enum TrustRefusal: Error, Hashable, Sendable {
    case checkpoint(CheckpointRefusal)
    /// Too few of the witnesses cosigned (C2SP tlog-policy, Defining the quorum). These did.
    case quorumMissed([WitnessCosignature])
    /// This witness, by its place in the policy, cosigned at a time that hasn't come (C2SP tlog-cosignature, Format).
    case futureCosignature(Int)
}
