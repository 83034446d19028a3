// SPDX-License-Identifier: Apache-2.0

/// Why a witness gave no cosignature.
public enum CollectorFailure: Error, Hashable, Sendable {
    /// Another status than those with a meaning of their own.
    case status(Int)
    /// A body that isn't what the status promises.
    case malformedAnswer
    /// A signature that isn't its key's over this checkpoint.
    case wrongSignature
    /// It cosigned a larger tree of this log than we know of. A person must look at it.
    case aheadOfUs(UInt64)
    /// It holds our tree not to continue the one it knows. A person must look at it.
    case inconsistent
}
