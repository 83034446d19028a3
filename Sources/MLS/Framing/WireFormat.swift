// SPDX-License-Identifier: Apache-2.0

/// RFC 9420 §17.2.
public enum WireFormat: UInt16, Hashable, Sendable {
    case publicMessage = 1
    case privateMessage = 2
    case welcome = 3
    case groupInfo = 4
    case keyPackage = 5
}
