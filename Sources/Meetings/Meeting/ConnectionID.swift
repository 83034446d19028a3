// SPDX-License-Identifier: Apache-2.0

/// One signalling connection, numbered by whoever owns the sockets. Never reused.
public struct ConnectionID: Hashable, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }
}
