// SPDX-License-Identifier: Apache-2.0

/// Why a node stores no sealed record.
public enum DepositRefusal: Error, Hashable, Sendable {
    case tooLong
    case malformed
    case otherDeployment
    /// To be kept for longer than 90 days, or not at all.
    case wrongRetention
    /// Sealed in the future, or over already.
    case notNow
    /// Not signed by its owner.
    case wrongSignature
}
