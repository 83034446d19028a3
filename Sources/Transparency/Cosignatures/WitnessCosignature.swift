// SPDX-License-Identifier: Apache-2.0

/// Which witness of a policy cosigned, and when by its clock.
public struct WitnessCosignature: Hashable, Sendable {
    /// The place among ``TrustPolicy/witnesses``.
    public let witness: Int
    public let time: CosignatureTime
}
