// SPDX-License-Identifier: Apache-2.0

/// Why a text is no account's.
public enum AccountRefusal: Error, Hashable, Sendable {
    case tooLong
    /// The first line says that it is something else.
    case wrongHeader
    /// A line is missing, too many, or not as it is written.
    case malformed
    /// Of another deployment.
    case otherDeployment
    /// Not signed by the account's key.
    case wrongSignature
}
