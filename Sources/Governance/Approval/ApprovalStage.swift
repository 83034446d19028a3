// SPDX-License-Identifier: Apache-2.0

/// An officer approves twice, with time between, so that a tired or hurried touch isn't enough.
public enum ApprovalStage: Keyword {
    case intend
    case confirm

    public var word: StaticString {
        switch self {
        case .intend: "intend"
        case .confirm: "confirm"
        }
    }
}
