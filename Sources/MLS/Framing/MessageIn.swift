// SPDX-License-Identifier: Apache-2.0

import Base

/// First rung: bytes that decode as a message. Nothing about it has been checked.
public struct MessageIn: Sendable {
    public let message: MLSMessage

    public init(decoding bytes: [UInt8]) throws(MLSRefusal) {
        do { message = try MLSMessage(decoding: bytes) } catch { throw .malformed(error) }
    }

    public init(_ message: MLSMessage) {
        self.message = message
    }

    /// Which group it claims to be for; `nil` for key packages and Welcomes.
    public var groupID: [UInt8]? {
        switch message {
        case .publicMessage(let message): message.content.groupID
        case .privateMessage(let message): message.groupID
        case .groupInfo(let info): info.context.groupID
        case .welcome, .keyPackage: nil
        }
    }

    /// Which epoch it claims to be from.
    public var epoch: UInt64? {
        switch message {
        case .publicMessage(let message): message.content.epoch
        case .privateMessage(let message): message.epoch
        case .groupInfo(let info): info.context.epoch
        case .welcome, .keyPackage: nil
        }
    }
}
