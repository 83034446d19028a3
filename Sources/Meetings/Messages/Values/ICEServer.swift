// SPDX-License-Identifier: Apache-2.0

/// A STUN or TURN server for the client's `RTCConfiguration`.
public struct ICEServer: Hashable, Sendable {
    public let urls: [String]
    public let username: String?
    public let credential: String?

    public init(urls: [String], username: String? = nil, credential: String? = nil) {
        self.urls = urls
        self.username = username
        self.credential = credential
    }
}

/// The credential is a secret.
extension ICEServer: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "ICE server" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection()) }
}
