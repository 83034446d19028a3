// SPDX-License-Identifier: Apache-2.0

import Base

/// The version of the protocol (RFC 9420 §6).
public struct ProtocolVersion: CodePoint {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// RFC 9420.
    public static let mls10 = ProtocolVersion(rawValue: 1)
}
