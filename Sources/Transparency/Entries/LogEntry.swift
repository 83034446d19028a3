// SPDX-License-Identifier: Apache-2.0

import Base

/// An entry of a known type, in its canonical text: what may be written (docs/log.md).
///
/// ```
/// vigil-entry/v1
/// type docket
/// time 2026-11-24T10:00:00Z
/// case 000102030405060708090a0b0c0d0e0f
/// prev none
/// actor liaison-nl
/// requester NL
/// instrument warrant
/// ```
public struct LogEntry: Hashable, Sendable {
    /// Bytes of the longest entry.
    public static let longest = 8_192

    public let type: EntryType
    public let time: EntryTime
    /// In their order.
    let lines: [EntryLine]

    /// Reads exactly the canonical text of a type that we know.
    public init(parsing bytes: [UInt8]) throws(EntryRefusal) {
        let raw = try RawEntry(parsing: bytes)
        guard let type = EntryType(named: raw.type[...]) else { throw .unknownType }
        try self.init(type: type, raw)
    }

    init(type: EntryType, _ raw: RawEntry) throws(EntryRefusal) {
        var rest = raw.lines[...]
        var lines: [EntryLine] = []
        for rule in type.fields {
            var count = 0
            while count < rule.most, let line = rest.first, line.name.elementsEqual(rule.field.bytes) {
                guard rule.field.accepts(line.value[...]) else { throw .invalidValue(rule.field) }
                lines.append(EntryLine(field: rule.field, value: line.value))
                rest.removeFirst()
                count += 1
            }
            guard count >= rule.least else { throw .missingField(rule.field) }
        }
        guard rest.isEmpty else { throw .unexpectedField }
        self.type = type
        time = raw.time
        self.lines = lines
        guard value(.due) == nil || value(.commitment) != nil else { throw .dueWithoutCommitment }
        guard type != .notice || (value(.receipt) == nil) != (value(.embargoUntil) == nil) else {
            throw .noticeWithoutEither
        }
    }

    /// Writes an entry. The order of `fields` doesn't matter, but that among several of the same name.
    public init(_ type: EntryType, at time: EntryTime, _ fields: [(EntryField, String)]) throws(EntryRefusal) {
        var text = RawEntry.head(type: type, time: time)
        var written = 0
        for rule in type.fields {
            for (field, value) in fields where field == rule.field {
                text += EntryLine(field: field, value: Array(value.utf8)).text
                written += 1
            }
        }
        guard written == fields.count else { throw .unexpectedField }
        try self.init(parsing: text)
    }

    /// The canonical text.
    public var encoded: [UInt8] {
        var text = RawEntry.head(type: type, time: time)
        for line in lines { text += line.text }
        return text
    }

    func value(_ field: EntryField) -> [UInt8]? { lines.first { $0.field == field }?.value }

    /// A field's value as it is written.
    public func text(_ field: EntryField) -> String? { value(field).map { String(decoding: $0, as: UTF8.self) } }

    /// A field's value as a hash.
    public func hash(_ field: EntryField) -> TreeHash? {
        value(field).flatMap { Hexadecimal.decode($0) }.flatMap { TreeHash($0) }
    }

    /// A field's value as a moment.
    public func time(_ field: EntryField) -> EntryTime? { value(field).flatMap { EntryTime(parsing: $0[...]) } }

    /// Its place in a case.
    public var link: CaseLink? {
        guard let text = value(.caseID), let id = CaseID(parsing: text[...]) else { return nil }
        return CaseLink(caseID: id, previous: hash(.previous))
    }

    /// What an opening reveals: the text that the commitment was made to.
    var revealed: [UInt8] {
        var text: [UInt8] = []
        for line in lines where line.field == .reveal {
            text += line.value
            text.append(.newline)
        }
        return text
    }
}
