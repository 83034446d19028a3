// SPDX-License-Identifier: Apache-2.0

/// How a case ends: words of the log's field `outcome`.
public enum CloseOutcome: Keyword {
    case refused
    case withdrawn
    case executed
    case halted

    public var word: StaticString {
        switch self {
        case .refused: "refused"
        case .withdrawn: "withdrawn"
        case .executed: "executed"
        case .halted: "halted"
        }
    }
}
