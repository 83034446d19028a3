// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// Why something wasn't a lawful execution when it was done.
public enum ExecutionRefusal: Error, Hashable, Sendable {
    case chain(ChainRefusal)
    /// The checkpoint that it was judged by isn't one of the deployment's log and witnesses.
    case checkpoint(TrustRefusal)
    /// The log policy asks for no witness: nobody says when it was.
    case noWitnesses
    /// There was no permit then.
    case permit(PermitRefusal)
    /// The entry isn't the execution of this order.
    case wrongEntry
    case notLogged(ProofRefusal)
    /// Logged so long after the judgement that a stop may stand between the two.
    case loggedTooLate
}
