// SPDX-License-Identifier: Apache-2.0

public import Transparency

/// Why a checkpoint says nothing about time.
public enum CheckpointFault: Error, Hashable, Sendable {
    /// Not a checkpoint.
    case malformed(CheckpointRefusal)
    /// Log or witnesses.
    case trust(TrustRefusal)
    /// A bundle's checkpoint carries a signature that isn't of the policy's keys.
    case foreignSignature
    /// The policy asks for no witness: then nothing can be ordered, since nobody says what time it is.
    case noWitnesses
}
