// SPDX-License-Identifier: Apache-2.0

/// What a monitor wants.
public enum MonitorAction: Hashable, Sendable {
    /// Fetch these, at once if that is faster, and answer in their order.
    case fetch([LogResource])
    /// All was read that could be: ``Monitor/findings`` tells.
    case done
}
