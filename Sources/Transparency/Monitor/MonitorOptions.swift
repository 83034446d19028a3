// SPDX-License-Identifier: Apache-2.0

/// What a monitor is strict about.
public struct MonitorOptions: Sendable {
    /// How old the quorum's cosignatures may be, in seconds.
    public var oldestCosignature: UInt64 = 86_400
    /// By how much clocks may differ, in seconds.
    public var clockTolerance: UInt64 = 300
    /// Findings that are kept; the rest is counted.
    public var mostFindings = 1_000
    /// Bundles that are asked for at once.
    public var bundlesAtOnce = 16

    public init() {}
}
