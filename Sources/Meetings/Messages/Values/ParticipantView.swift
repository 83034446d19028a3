// SPDX-License-Identifier: Apache-2.0

public import Base

/// What the others see of a participant.
public struct ParticipantView: Hashable, Sendable {
    public let id: ParticipantID
    public var name: DisplayName
    public var role: Role
    /// What the participant announces; whether packets flow is the media plane's business.
    public var microphone: Bool
    public var camera: Bool
    public var screen: Bool
    public var hand: Bool
    /// False while the socket is cut and the place is kept.
    public var connected: Bool

    public init(
        id: ParticipantID,
        name: DisplayName,
        role: Role,
        microphone: Bool = false,
        camera: Bool = false,
        screen: Bool = false,
        hand: Bool = false,
        connected: Bool = true
    ) {
        self.id = id
        self.name = name
        self.role = role
        self.microphone = microphone
        self.camera = camera
        self.screen = screen
        self.hand = hand
        self.connected = connected
    }
}
