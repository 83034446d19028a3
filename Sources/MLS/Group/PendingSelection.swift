// SPDX-License-Identifier: Apache-2.0

/// Which pending proposals a commit covers.
public enum PendingSelection: Hashable, Sendable {
    /// Those that fit together: no update of our own, a removal before an update of the same leaf (RFC 9420 §12.2).
    case all
    case none
    /// These references, in this order.
    case only([[UInt8]])
}
