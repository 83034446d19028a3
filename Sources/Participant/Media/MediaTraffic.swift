// SPDX-License-Identifier: Apache-2.0

/// Bytes of datagrams over a participant's media sockets: with what ICE, DTLS and SRTP add, without UDP and IP.
public struct MediaTraffic: Hashable, Sendable {
    public var sent = 0
    public var received = 0

    public init() {}

    mutating func add(_ other: MediaTraffic) {
        sent += other.sent
        received += other.received
    }
}
