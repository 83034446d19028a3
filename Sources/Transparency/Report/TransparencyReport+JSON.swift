// SPDX-License-Identifier: Apache-2.0

import Base

extension TransparencyReport {
    /// As JSON, in the one spelling of RFC 8785 (JCS): names sorted, no space, whole numbers; then a newline.
    public var json: [UInt8] {
        var text: [UInt8] = []
        text.append("{\"format\":\"vigil-report/v1\",\"from-size\":")
        text += Decimal.text(from)
        text.append(",\"headline\":{\"orders\":{")
        for (place, requester) in orders.enumerated() {
            if place > 0 { text.append(.comma) }
            text.append(quoted: requester.requester)
            text.append(.colon)
            text += Decimal.text(requester.count)
        }
        text.append("},\"overdue-openings\":")
        text += Decimal.text(overdueOpenings)
        text.append(",\"unmatched-claims\":")
        text += Decimal.text(unmatchedClaims)
        text.append("},\"log\":")
        text.append(quoted: origin.bytes)
        text.append(",\"root\":")
        text.append(quoted: Hexadecimal.encode(head.root.bytes))
        text.append(",\"tables\":{")
        let sorted = tables.sorted { $0.name.lexicographicallyPrecedes($1.name) }
        for (place, table) in sorted.enumerated() {
            if place > 0 { text.append(.comma) }
            text.append(quoted: table.name)
            text.append(.colon)
            text += table.json
        }
        text.append("},\"time\":")
        if let time { text.append(quoted: time.bytes) } else { text.append("null") }
        text.append(",\"to-size\":")
        text += Decimal.text(head.size)
        text.append("}\n")
        return text
    }
}

extension ReportTable {
    fileprivate var json: [UInt8] {
        var text: [UInt8] = []
        text.append("{\"columns\":[")
        for (place, column) in columns.enumerated() {
            if place > 0 { text.append(.comma) }
            text.append(quoted: column)
        }
        text.append("],\"rows\":[")
        for (place, row) in rows.enumerated() {
            if place > 0 { text.append(.comma) }
            text.append(UInt8(ascii: "["))
            for (place, cell) in row.enumerated() {
                if place > 0 { text.append(.comma) }
                switch cell {
                case .word(let word): text.append(quoted: word)
                case .number(let number): text += Decimal.text(number)
                case .none: text.append("null")
                }
            }
            text.append(UInt8(ascii: "]"))
        }
        text.append("]}")
        return text
    }
}

extension UInt8 {
    fileprivate static let comma = UInt8(ascii: ",")
    fileprivate static let colon = UInt8(ascii: ":")
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let backslash = UInt8(ascii: "\\")
}

extension [UInt8] {
    /// A string of RFC 8785 §3.2.2.2. None has control characters; only the origin can have quotes.
    fileprivate mutating func append(quoted word: [UInt8]) {
        append(.quote)
        for byte in word {
            switch byte {
            case .quote, .backslash: self += [.backslash, byte]
            default: append(byte)
            }
        }
        append(.quote)
    }
}
