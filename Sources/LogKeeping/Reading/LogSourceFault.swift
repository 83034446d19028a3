// SPDX-License-Identifier: Apache-2.0

/// Why a log can't be read; says nothing about whether it is in order.
public enum LogSourceFault: Error, Hashable, Sendable {
    case failed(String, HTTPFailure)
    case status(String, Int)
}

extension LogSourceFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .failed(let url, let failure): "\(url) \(failure)"
        case .status(let url, let status): "\(url) answered with status \(status)"
        }
    }
}
