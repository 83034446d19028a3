// SPDX-License-Identifier: Apache-2.0

import Base

/// What entries of all types have in common, those of tomorrow included: a header, a type, a time, then a name and a value on
/// each line, in printable ASCII.
struct RawEntry {
    struct Line {
        let name: [UInt8]
        let value: [UInt8]
    }

    let type: [UInt8]
    let time: EntryTime
    let lines: [Line]

    init(parsing bytes: [UInt8]) throws(EntryRefusal) {
        guard bytes.count <= LogEntry.longest else { throw .tooLong }
        var reader = LineReader(bytes[...])
        guard reader.next()?.elementsEqual("vigil-entry/v1".utf8) == true else { throw .wrongHeader }
        guard let type = reader.next()?.dropping("type "), EntryField.isToken(type) else { throw .wrongType }
        guard let text = reader.next()?.dropping("time "), let time = EntryTime(parsing: text) else { throw .wrongTime }
        var lines: [Line] = []
        while !reader.isAtEnd {
            guard let line = reader.next(), let space = line.firstIndex(of: .space) else { throw .malformedLine }
            let (name, value) = (line[..<space], line[(space + 1)...])
            guard EntryField.isToken(name), value.allSatisfy({ 0x20...0x7E ~= $0 }), let first = value.first,
                let last = value.last, first != .space, last != .space
            else { throw .malformedLine }
            lines.append(Line(name: Array(name), value: Array(value)))
        }
        self.type = Array(type)
        self.time = time
        self.lines = lines
    }

    static func head(type: EntryType, time: EntryTime) -> [UInt8] {
        var text: [UInt8] = []
        text.append("vigil-entry/v1\ntype ")
        text.append(type.name)
        text.append("\ntime ")
        text += time.bytes
        text.append(.newline)
        return text
    }

    /// The two lines that come first in every entry of a case.
    var link: CaseLink? {
        guard lines.count >= 2, lines[0].name.elementsEqual(EntryField.caseID.bytes),
            lines[1].name.elementsEqual(EntryField.previous.bytes), let id = CaseID(parsing: lines[0].value[...]),
            EntryField.previous.accepts(lines[1].value[...])
        else { return nil }
        return CaseLink(caseID: id, previous: Hexadecimal.decode(lines[1].value).flatMap { TreeHash($0) })
    }
}
