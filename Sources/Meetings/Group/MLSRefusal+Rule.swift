// SPDX-License-Identifier: Apache-2.0

import MLS
import Membership

extension MLSRefusal {
    /// The broken rule's name, for people who write clients.
    var rule: String {
        switch self {
        case .applicationRule(let number):
            RuleViolation(rawValue: number).map { "\($0.name)" } ?? "rule \(number)"
        case .malformed: "malformed"
        case .crypto: "crypto"
        default: "\(self)"
        }
    }
}
