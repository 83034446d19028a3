// SPDX-License-Identifier: Apache-2.0

/// What the application says to a change.
public enum RuleVerdict: Hashable, Sendable {
    case accepted
    /// With the application's own number for the reason.
    case refused(UInt16)
}
