// SPDX-License-Identifier: Apache-2.0

/// A checkpoint that satisfies a policy: signed by one of its logs, cosigned by its quorum. The last rung, and the only one
/// that a proof is judged by. Made by ``TrustPolicy/verify(_:now:with:)``.
public struct CosignedCheckpoint: Hashable, Sendable {
    public let verified: VerifiedCheckpoint
    /// The policy's witnesses that cosigned it, in the policy's order.
    public let cosignatures: [WitnessCosignature]

    public var origin: LogOrigin { verified.origin }
    public var head: TreeHead { verified.head }
    public var note: SignedNote { verified.note }

    /// A time by which the quorum had seen this tree as the largest: the policy's own rule over the witnesses' times
    /// (``TrustPolicy/quorumTime(_:)``). `nil` if the policy asks for no witness.
    public let witnessedAt: CosignatureTime?
}
