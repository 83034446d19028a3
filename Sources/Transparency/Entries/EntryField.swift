// SPDX-License-Identifier: Apache-2.0

import Base

/// A line of an entry: its name, and what may stand there. None of them has room for a name, an address or a sentence.
public enum EntryField: CaseIterable, Hashable, Sendable {
    case caseID
    /// The leaf hash of the case's entry before this one; `none` for its first.
    case previous
    case actor
    case requester
    case instrument
    case action
    case outcome
    case order
    case charterHash
    case stage
    case decision
    /// `SHA-256("halt/v1\0" || nonce of the order)`: seen by everybody, understood by who holds the order.
    case nonceHash
    case receipt
    case embargoUntil
    case commitment
    /// SHA-256 of the signed statement that the entry speaks of.
    case assertion
    /// By when the commitment must have been opened.
    case due
    /// The leaf hash of the entry whose commitment is opened.
    case opens
    case salt
    /// A field and its value, as committed to.
    case reveal
    case version
    case document
    case seat
    case change
    case component
    case release
    case artifact
    case node
    case fromSize
    case toSize

    var name: StaticString {
        switch self {
        case .caseID: "case"
        case .previous: "prev"
        case .actor: "actor"
        case .requester: "requester"
        case .instrument: "instrument"
        case .action: "action"
        case .outcome: "outcome"
        case .order: "order"
        case .charterHash: "charter"
        case .stage: "stage"
        case .decision: "decision"
        case .nonceHash: "nonce-hash"
        case .receipt: "receipt"
        case .embargoUntil: "embargo-until"
        case .assertion: "assertion"
        case .commitment: "commitment"
        case .due: "due"
        case .opens: "opens"
        case .salt: "salt"
        case .reveal: "reveal"
        case .version: "version"
        case .document: "document"
        case .seat: "seat"
        case .change: "change"
        case .component: "component"
        case .release: "release"
        case .artifact: "artifact"
        case .node: "node"
        case .fromSize: "from-size"
        case .toSize: "to-size"
        }
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(name)
        return bytes
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    init?(named name: ArraySlice<UInt8>) {
        guard let field = EntryField.allCases.first(where: { $0.bytes.elementsEqual(name) }) else { return nil }
        self = field
    }

    /// What an opening may reveal: what would otherwise have stood in the entry itself.
    var isRevealable: Bool {
        switch self {
        case .actor, .requester, .instrument, .action, .outcome, .order, .decision, .embargoUntil, .document: true
        default: false
        }
    }

    func accepts(_ value: ArraySlice<UInt8>) -> Bool {
        switch self {
        case .caseID: value.count == 32 && Hexadecimal.decode(value) != nil
        case .previous: value.elementsEqual("none".utf8) || EntryField.isHash(value)
        case .order, .charterHash, .nonceHash, .receipt, .commitment, .opens, .salt, .document, .artifact, .node,
            .assertion:
            EntryField.isHash(value)
        case .actor, .seat, .release: EntryField.isToken(value)
        case .requester: EntryField.isCountry(value)
        case .instrument:
            EntryField.isOne(
                of: ["warrant", "court-order", "subpoena", "treaty", "emergency", "owner", "report", "other"],
                value
            )
        case .action:
            EntryField.isOne(
                of: [
                    "disclose", "disclose-emergency", "eject", "suspend", "end-meeting", "halt", "seat-revoke",
                    "charter",
                ],
                value
            )
        case .outcome:
            EntryField.isOne(
                of: [
                    "passed", "failed", "refused", "narrowed", "challenged", "withdrawn", "expired", "executed",
                    "halted",
                ],
                value
            )
        case .stage: EntryField.isOne(of: ["intend", "confirm"], value)
        case .decision: EntryField.isOne(of: ["approve", "refuse", "narrow"], value)
        case .change: EntryField.isOne(of: ["add", "revoke"], value)
        case .component: EntryField.isOne(of: ["web", "server"], value)
        case .embargoUntil, .due: EntryTime(parsing: value) != nil
        case .version, .fromSize, .toSize: Decimal.parse(value) != nil
        case .reveal: EntryField.isRevealed(value)
        }
    }

    private static func isHash(_ value: ArraySlice<UInt8>) -> Bool {
        value.count == 64 && Hexadecimal.decode(value) != nil
    }

    /// A name out of the charter, or a version: `[a-z0-9]`, then up to 62 more of these, dots and hyphens.
    package static func isToken(_ value: ArraySlice<UInt8>) -> Bool {
        guard 1...63 ~= value.count, let first = value.first, isPlain(first) else { return false }
        return value.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    /// Two letters (ISO 3166-1), or `undisclosed` where a commitment holds it.
    private static func isCountry(_ value: ArraySlice<UInt8>) -> Bool {
        if value.elementsEqual("undisclosed".utf8) { return true }
        return value.count == 2 && value.allSatisfy { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
    }

    private static func isOne(of words: [StaticString], _ value: ArraySlice<UInt8>) -> Bool {
        words.contains { value.count == $0.utf8CodeUnitCount && value.dropping($0) != nil }
    }

    private static func isRevealed(_ value: ArraySlice<UInt8>) -> Bool {
        guard let space = value.firstIndex(of: .space), let field = EntryField(named: value[..<space]) else {
            return false
        }
        return field.isRevealable && field.accepts(value[(space + 1)...])
    }
}
