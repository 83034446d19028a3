// SPDX-License-Identifier: Apache-2.0

import Transparency

/// Why a bundle's part of the log doesn't show what it should.
public enum RangeRefusal: Error, Hashable, Sendable {
    /// `start` and the subtrees before it don't fit.
    case malformedEdge
    /// A checkpoint in the bundle, counted from 0.
    case checkpoint(Int, CheckpointFault)
    /// A checkpoint in the bundle of a tree that ends before the bundle's entries begin or after they end, or out of order.
    case checkpointOutside(Int)
    /// The entries don't lead to this checkpoint's root.
    case otherTree(Int)
    /// The execution checkpoint.
    case execution(CheckpointFault)
    /// The verifier knows a larger tree than the bundle's entries reach to: a stop may stand in the rest.
    case endsEarly
    /// The bundle's entries reach further than the verifier's checkpoint.
    case checkpointTooSmall
    /// The entries lead to another root than the verifier's checkpoint has: a fork.
    case forked
}
