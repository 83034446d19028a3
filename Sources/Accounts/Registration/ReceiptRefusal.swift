// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// Why a receipt says nothing about an account's age.
public enum ReceiptRefusal: Error, Hashable, Sendable {
    case malformed
    /// The certificate is another deployment's.
    case otherDeployment
    /// The certificate isn't in the batch.
    case notInBatch(MerkleRefusal)
    /// The log's entry is of another batch.
    case otherBatch
    /// The entry isn't in the deployment's log.
    case notLogged(ProofRefusal)
    /// The log policy asks for no witness, so that nobody but the operator says when.
    case notWitnessed
}
