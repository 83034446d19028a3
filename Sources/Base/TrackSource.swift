// SPDX-License-Identifier: Apache-2.0

/// What a published track carries. A participant publishes at most one track of each source.
public enum TrackSource: String, Hashable, Sendable, CaseIterable {
    case microphone
    case camera
    case screen
    case screenAudio

    public var isAudio: Bool { self == .microphone || self == .screenAudio }
}
