// SPDX-License-Identifier: Apache-2.0

/// What meetings are given from outside.
public struct MeetingConfiguration: Sendable {
    public var limits: MeetingLimits
    public var iceServers: [ICEServer]
    /// SHA-256. Handed in because this target holds no cryptography.
    public var hash: @Sendable ([UInt8]) -> [UInt8]

    public init(
        limits: MeetingLimits = MeetingLimits(),
        iceServers: [ICEServer] = [],
        hash: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
        self.limits = limits
        self.iceServers = iceServers
        self.hash = hash
    }
}
