// SPDX-License-Identifier: Apache-2.0

/// Bytes of signalling, as text before WebSocket and TLS, by what they are for.
public struct SignallingTraffic: Hashable, Sendable {
    public enum Purpose: Hashable, Sendable, CaseIterable {
        /// Coming in and going, commits, proposals, acknowledgements: the group's keys.
        case handshake
        /// What members say to each other, heartbeats included.
        case messages
        /// Session descriptions, layers, speakers, quality, pings.
        case media

        /// - Parameter type: a message's `type`.
        init(_ type: String) {
            switch type {
            case "message", "sent": self = .messages
            case "publish", "published", "subscribe", "answer", "layers", "speakers", "quality", "ping", "pong":
                self = .media
            default: self = .handshake
            }
        }
    }

    public private(set) var sent: [Purpose: Int] = [:]
    public private(set) var received: [Purpose: Int] = [:]

    public init() {}

    public func total(_ purpose: Purpose) -> Int { sent[purpose, default: 0] + received[purpose, default: 0] }

    mutating func noteSent(_ type: String, _ bytes: Int) { sent[Purpose(type), default: 0] += bytes }
    mutating func noteReceived(_ type: String, _ bytes: Int) { received[Purpose(type), default: 0] += bytes }
}
