// SPDX-License-Identifier: Apache-2.0

/// What a server answered.
public struct HTTPReply: Hashable, Sendable {
    public let status: Int
    /// Empty if there was none.
    public let contentType: String
    public let body: [UInt8]

    public init(status: Int, contentType: String = "", body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
