// SPDX-License-Identifier: Apache-2.0

/// An entry whose proof led to a tree's root. Whether that root is anybody's is the checkpoint's to say.
public struct ProvedEntry: Hashable, Sendable {
    public let bytes: [UInt8]
    public let leaf: TreeHash
    public let proof: InclusionProof

    public var index: UInt64 { proof.index }

    init(bytes: [UInt8], leaf: TreeHash, proof: InclusionProof) {
        self.bytes = bytes
        self.leaf = leaf
        self.proof = proof
    }
}
