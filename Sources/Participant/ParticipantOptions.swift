// SPDX-License-Identifier: Apache-2.0

public import Base

/// How a headless participant behaves where a person's client would have no choice.
public struct ParticipantOptions: Sendable {
    public var sampling = TrackSampling.all
    /// How often the member is told what frames came.
    public var countsInterval = Interval.seconds(2)

    public init() {}
}
