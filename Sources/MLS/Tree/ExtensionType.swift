// SPDX-License-Identifier: Apache-2.0

import Base

/// RFC 9420 §17.3.
public struct ExtensionType: CodePoint {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let applicationID = ExtensionType(rawValue: 1)
    public static let ratchetTree = ExtensionType(rawValue: 2)
    public static let requiredCapabilities = ExtensionType(rawValue: 3)
    public static let externalPub = ExtensionType(rawValue: 4)
    public static let externalSenders = ExtensionType(rawValue: 5)

    /// Understood by everyone, so never listed in capabilities (RFC 9420 §7.2).
    public var isDefault: Bool { (1...5).contains(rawValue) }
}
