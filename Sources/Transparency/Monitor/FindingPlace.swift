// SPDX-License-Identifier: Apache-2.0

/// Where a finding was made.
public enum FindingPlace: Hashable, Sendable {
    case checkpoint
    case resource(LogResource)
    case entry(UInt64)
    /// The case, and the entry that it is about.
    case caseEntry(CaseID, UInt64)
    /// A checkpoint seen elsewhere, by the name that the caller gave it.
    case view(String)
    /// A witness, by its name in the policy.
    case witness([UInt8])

    var text: String {
        switch self {
        case .checkpoint: "checkpoint"
        case .resource(let resource): resource.path
        case .entry(let index): "entry " + FindingPlace.number(index)
        case .caseEntry(let id, let index): "case " + id.text + ", entry " + FindingPlace.number(index)
        case .view(let name): name
        case .witness(let name): "witness " + String(decoding: name, as: UTF8.self)
        }
    }

    static func number(_ value: UInt64) -> String { String(decoding: Decimal.text(value), as: UTF8.self) }
}
