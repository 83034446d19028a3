// SPDX-License-Identifier: Apache-2.0

/// Why there is no answer.
public enum HTTPFailure: Error, Hashable, Sendable {
    /// Not an address of the web.
    case badAddress
    /// Refused, not found, not trusted, broken off; the words are the library's.
    case unreachable(String)
    case tooLate
    /// The answer is longer than it may be.
    case tooLong
}

extension HTTPFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badAddress: "isn't an address that starts with http:// or https://"
        case .unreachable(let reason): "can't be reached (\(reason))"
        case .tooLate: "didn't answer in time"
        case .tooLong: "answered with more than it may"
        }
    }
}
