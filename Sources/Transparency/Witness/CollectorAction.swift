// SPDX-License-Identifier: Apache-2.0

/// What a ``CosignatureCollector`` wants done. Witnesses are named by their place in the policy.
public enum CollectorAction: Hashable, Sendable {
    /// Send an ``AddCheckpointRequest`` with a proof from this size: `ProofPlan(consistencyFrom:to:)` says which tiles it takes,
    /// none from size 0 or between equal sizes.
    case ask(Int, old: UInt64)
    /// Nothing more from this one, for this checkpoint.
    case failed(Int, CollectorFailure)
    case none
}
