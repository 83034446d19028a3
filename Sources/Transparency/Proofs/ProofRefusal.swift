// SPDX-License-Identifier: Apache-2.0

/// Why a tlog-proof isn't taken (C2SP tlog-proof).
public enum ProofRefusal: Error, Hashable, Sendable {
    /// Longer than any proof that we read.
    case tooLong
    /// "The first line MUST be the string c2sp.org/tlog-proof@v1" (Format).
    case wrongHeader
    /// An `extra` line without base64, or with too much of it (Format).
    case wrongExtra
    /// No `index` line where it must be, or no decimal without leading zeroes in it (Format).
    case wrongIndex
    /// A proof line that isn't base64 of 32 bytes, or more of them than any tree needs (Format).
    case wrongHash
    /// No empty line and checkpoint after the hashes (Format).
    case noCheckpoint
    /// Log or witnesses (Verifying a tlog proof, steps 2 and 3).
    case trust(TrustRefusal)
    /// The inclusion proof (step 4).
    case inclusion(MerkleRefusal)
}
