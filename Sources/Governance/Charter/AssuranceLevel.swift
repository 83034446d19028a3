// SPDX-License-Identifier: Apache-2.0

/// What a deployment's promise is worth to somebody who knows some keys from elsewhere (design §2).
public enum AssuranceLevel: Int, Comparable, Hashable, Sendable {
    case oneOperator = 0
    case twoOperators = 1
    case threeJurisdictions = 2
    case independentClient = 3

    public static func < (lhs: AssuranceLevel, rhs: AssuranceLevel) -> Bool { lhs.rawValue < rhs.rawValue }
}
