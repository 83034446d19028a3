// SPDX-License-Identifier: Apache-2.0

/// Why a sealer or an opener could not be made.
public enum SRTPError: Error, Hashable, Sendable {
    /// The master key or salt does not have the profile's length.
    case wrongKeyLength
    case libraryFailure
}
