// SPDX-License-Identifier: Apache-2.0

public import Base

/// A sequencer's limits and times.
public struct SequencerConfiguration: Sendable {
    /// Entries in a batch.
    public var mostEntries = 1_024
    /// Submissions that wait or are in a batch; further ones are refused.
    public var mostWaiting = 8_192
    /// Entries whose place is remembered, so that who submits again after a broken connection is told the same place.
    public var mostRemembered = 16_384
    /// How long the first entry of a batch waits for others.
    public var batchInterval = Interval.milliseconds(200)
    /// How long to wait after a failed write, or without a quorum of witnesses.
    public var retryInterval = Interval.seconds(1)
    /// How old cosignatures may become before the same checkpoint is shown to the witnesses again.
    public var refreshInterval = Interval.seconds(300)

    public init() {}
}
