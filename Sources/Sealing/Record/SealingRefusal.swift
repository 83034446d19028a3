// SPDX-License-Identifier: Apache-2.0

public import Base
public import Governance

/// Why nothing is sealed.
public enum SealingRefusal: Error, Hashable, Sendable {
    /// No field, or more than ``SealedRecord/mostFields``.
    case wrongFieldCount
    case fieldTwice(Name)
    /// More than 510 bytes.
    case fieldTooLong(Name)
    /// Longer than ``SealedRecord/longestRetention``, or not at all.
    case wrongRetention
    case crypto(CryptoRefusal)
}
