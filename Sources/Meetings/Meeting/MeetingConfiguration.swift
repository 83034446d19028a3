// SPDX-License-Identifier: Apache-2.0

/// What meetings are given from outside.
public struct MeetingConfiguration: Sendable {
    public var limits: MeetingLimits
    public var iceServers: [ICEServer]

    public init(limits: MeetingLimits = MeetingLimits(), iceServers: [ICEServer] = []) {
        self.limits = limits
        self.iceServers = iceServers
    }
}
