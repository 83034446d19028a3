// SPDX-License-Identifier: Apache-2.0

/// How it is known that the subject is under the requester's jurisdiction (design §6).
public enum JurisdictionKind: Keyword {
    /// The subject said so, in a signed or recorded declaration.
    case ownDeclaration
    /// A court outside of the requester's say found so.
    case courtFinding
    /// The subject was served in person there.
    case personalService

    public var word: StaticString {
        switch self {
        case .ownDeclaration: "own-declaration"
        case .courtFinding: "court-finding"
        case .personalService: "personal-service"
        }
    }
}
