// SPDX-License-Identifier: Apache-2.0

/// What a check of a docketed case found: words of the log's field `outcome`.
public enum CheckOutcome: Keyword {
    case passed
    case failed
    /// The requester is asked back, or opposed.
    case challenged
    /// Less is enough.
    case narrowed

    public var word: StaticString {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .challenged: "challenged"
        case .narrowed: "narrowed"
        }
    }
}
