// SPDX-License-Identifier: Apache-2.0

import Accounts
import Base
import Governance
import Transparency

/// Reads the lines of a record, or of shares, from top to bottom.
struct RecordReader {
    private var fields: FieldReader

    init(_ text: [UInt8], header: StaticString, longest: Int) throws(RecordRefusal) {
        guard text.count <= longest else { throw .tooLong }
        fields = FieldReader(text[...])
        guard fields.takeHeader(header) else { throw .wrongHeader }
    }

    func end() throws(RecordRefusal) {
        guard fields.isAtEnd else { throw .trailingText }
    }

    /// `nil` if the next line is another one.
    mutating func maybe(_ line: RecordLine) -> ArraySlice<UInt8>? { fields.take(line.word) }

    mutating func value(_ line: RecordLine) throws(RecordRefusal) -> ArraySlice<UInt8> {
        guard let value = maybe(line) else { throw .malformed(line) }
        return value
    }

    mutating func hash(_ line: RecordLine) throws(RecordRefusal) -> DocumentHash {
        guard let hash = DocumentHash(hex: try value(line)) else { throw .malformed(line) }
        return hash
    }

    mutating func name(_ line: RecordLine) throws(RecordRefusal) -> Name {
        guard let name = Name(try value(line)) else { throw .malformed(line) }
        return name
    }

    mutating func time(_ line: RecordLine) throws(RecordRefusal) -> EntryTime {
        guard let time = EntryTime(parsing: try value(line)) else { throw .malformed(line) }
        return time
    }

    mutating func account(_ line: RecordLine) throws(RecordRefusal) -> AccountKey {
        guard let key = AccountKey(hex: try value(line)) else { throw .malformed(line) }
        return key
    }

    mutating func hex(_ line: RecordLine, count: Int) throws(RecordRefusal) -> [UInt8] {
        guard let bytes = Hexadecimal.decode(try value(line)), bytes.count == count else { throw .malformed(line) }
        return bytes
    }

    mutating func base64(_ line: RecordLine, count: Int) throws(RecordRefusal) -> [UInt8] {
        guard let bytes = Base64.decode(try value(line)), bytes.count == count else { throw .malformed(line) }
        return bytes
    }

    mutating func place() throws(RecordRefusal) -> UInt8 {
        guard let number = Decimal.parse(try value(.place)), let place = UInt8(exactly: number),
            SecretSharing.places ~= place
        else { throw .malformed(.place) }
        return place
    }
}

extension TextWriter {
    mutating func line(_ line: RecordLine, _ value: [UInt8]) { self.line(line.word, value) }
}
