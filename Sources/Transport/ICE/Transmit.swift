// SPDX-License-Identifier: Apache-2.0

/// One datagram to be sent, or one frame where the address is a TCP connection.
public struct Transmit: Hashable, Sendable {
    public let address: TransportAddress
    public let bytes: [UInt8]

    public init(address: TransportAddress, bytes: [UInt8]) {
        self.address = address
        self.bytes = bytes
    }
}
