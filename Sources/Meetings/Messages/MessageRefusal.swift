// SPDX-License-Identifier: Apache-2.0

/// Why a message couldn't be read. It quotes nothing of the message.
public struct MessageRefusal: Error, Hashable, Sendable {
    public let code: ErrorCode
    /// Which rule or member, in words of ours.
    public let detail: String
    /// The message's request number, if it has a readable one.
    public let request: Int?

    public init(_ code: ErrorCode, _ detail: StaticString, request: Int? = nil) {
        self.code = code
        self.detail = "\(detail)"
        self.request = request
    }
}
