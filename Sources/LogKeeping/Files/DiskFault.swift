// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A call to the file system that failed. Whether it had an effect isn't known.
public struct DiskFault: Error, Hashable, Sendable {
    public enum Call: String, Sendable {
        case read
        case write
        case rename
        case remove
        case makeFolder = "make the folder"
        case syncFolder = "sync the folder"
        case lock
    }

    public let call: Call
    public let path: String
    /// `errno`.
    public let code: Int32

    public init(_ call: Call, _ path: String, code: Int32) {
        self.call = call
        self.path = path
        self.code = code
    }
}

extension DiskFault: CustomStringConvertible {
    public var description: String { "can't \(call.rawValue) \(path): \(String(cString: strerror(code)))" }
}
