// SPDX-License-Identifier: Apache-2.0

/// What a participant announces about itself; what isn't named stays.
public struct StateChange: Hashable, Sendable {
    public var microphone: Bool?
    public var camera: Bool?
    public var screen: Bool?
    public var hand: Bool?

    public init(microphone: Bool? = nil, camera: Bool? = nil, screen: Bool? = nil, hand: Bool? = nil) {
        self.microphone = microphone
        self.camera = camera
        self.screen = screen
        self.hand = hand
    }
}
