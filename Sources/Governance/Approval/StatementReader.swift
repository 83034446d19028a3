// SPDX-License-Identifier: Apache-2.0

import Base
package import Transparency

/// Reads the lines of a statement from top to bottom.
public struct StatementReader {
    private var fields: FieldReader

    init(_ text: ArraySlice<UInt8>) { fields = FieldReader(text) }

    var isAtEnd: Bool { fields.isAtEnd }

    package mutating func header(_ header: StaticString) throws(StatementRefusal) {
        guard fields.takeHeader(header) else { throw .wrongHeader }
    }

    package mutating func value(_ line: StatementLine) throws(StatementRefusal) -> ArraySlice<UInt8> {
        guard let value = fields.take(line.word) else { throw .missingLine(line) }
        return value
    }

    /// `nil` if another line stands here.
    mutating func maybe(_ line: StatementLine) -> ArraySlice<UInt8>? { fields.take(line.word) }

    mutating func caseID() throws(StatementRefusal) -> CaseID {
        guard let id = CaseID(parsing: try value(.caseID)) else { throw .invalidValue(.caseID) }
        return id
    }

    /// A hash, or `nil` for `none`.
    mutating func hashOrNone(_ line: StatementLine) throws(StatementRefusal) -> DocumentHash? {
        let text = try value(line)
        if text.isWord("none") { return nil }
        guard let hash = DocumentHash(hex: text) else { throw .invalidValue(line) }
        return hash
    }

    package mutating func name(_ line: StatementLine) throws(StatementRefusal) -> Name {
        guard let name = Name(try value(line)) else { throw .invalidValue(line) }
        return name
    }

    package mutating func hash(_ line: StatementLine) throws(StatementRefusal) -> DocumentHash {
        guard let hash = DocumentHash(hex: try value(line)) else { throw .invalidValue(line) }
        return hash
    }

    package mutating func time(_ line: StatementLine) throws(StatementRefusal) -> EntryTime {
        guard let time = EntryTime(parsing: try value(line)) else { throw .invalidValue(line) }
        return time
    }

    package mutating func word<Word: Keyword>(_ line: StatementLine, _ type: Word.Type) throws(StatementRefusal) -> Word
    {
        guard let word = Word(parsing: try value(line)) else { throw .invalidValue(line) }
        return word
    }

    package mutating func base64(_ line: StatementLine) throws(StatementRefusal) -> [UInt8] {
        guard let bytes = Base64.decode(try value(line)) else { throw .invalidValue(line) }
        return bytes
    }
}
