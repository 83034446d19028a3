// SPDX-License-Identifier: Apache-2.0

/// What somebody says is on at their side.
public struct PersonFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let microphone = PersonFlags(rawValue: 1)
    public static let camera = PersonFlags(rawValue: 2)
    public static let screen = PersonFlags(rawValue: 4)
    public static let hand = PersonFlags(rawValue: 8)
    /// They record the meeting in their client.
    public static let recording = PersonFlags(rawValue: 16)
}
