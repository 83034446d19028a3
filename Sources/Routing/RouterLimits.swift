// SPDX-License-Identifier: Apache-2.0

/// What one meeting may hold. Beyond it, publishing and subscribing are ignored and counted.
public struct RouterLimits: Sendable {
    public var peers = 2048
    public var tracksPerPublisher = 8
    public var tracksPerViewer = 512
    public var viewersPerTrack = 2048

    public init() {}
}
