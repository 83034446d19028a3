// SPDX-License-Identifier: Apache-2.0

/// Reads one JSON text (RFC 8259, with the restrictions of RFC 7493) and nothing else.
///
/// Strict: duplicate names, lone surrogates, invalid UTF-8 and trailing bytes are refused, so that two readers can't
/// understand one text differently. Bounded: recursion by ``JSONLimits/depth``, memory by the other two limits.
struct JSONReader {
    private let bytes: [UInt8]
    private let limits: JSONLimits
    private var position = 0
    private var valuesLeft: Int

    init(_ bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
        valuesLeft = limits.values
    }

    mutating func readText() throws(JSONRefusal) -> JSONValue {
        guard bytes.count <= limits.size else { throw .tooLarge }
        skipWhitespace()
        let value = try readValue(depth: 0)
        skipWhitespace()
        guard position == bytes.count else { throw .trailingBytes(at: position) }
        return value
    }

    private mutating func readValue(depth: Int) throws(JSONRefusal) -> JSONValue {
        guard valuesLeft > 0 else { throw .tooManyValues(at: position) }
        valuesLeft -= 1
        switch try peek() {
        case UInt8(ascii: "{"): return .object(try readObject(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try readArray(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "t"): return try readWord("true", .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
        default: throw .unexpectedByte(at: position)
        }
    }

    private mutating func readObject(depth: Int) throws(JSONRefusal) -> JSONObject {
        guard depth <= limits.depth else { throw .tooDeep(at: position) }
        let start = position
        position += 1
        var members: [JSONObject.Member] = []
        skipWhitespace()
        if try peek() == UInt8(ascii: "}") {
            position += 1
            return JSONObject()
        }
        while true {
            guard try peek() == UInt8(ascii: "\"") else { throw .unexpectedByte(at: position) }
            let name = try readString()
            skipWhitespace()
            try expect(UInt8(ascii: ":"))
            skipWhitespace()
            members.append(JSONObject.Member(name: name, value: try readValue(depth: depth)))
            if try readsLast(closing: UInt8(ascii: "}")) { break }
        }
        guard Self.areDistinct(members) else { throw .duplicateName(at: start) }
        return JSONObject(distinct: members)
    }

    private mutating func readArray(depth: Int) throws(JSONRefusal) -> [JSONValue] {
        guard depth <= limits.depth else { throw .tooDeep(at: position) }
        position += 1
        var elements: [JSONValue] = []
        skipWhitespace()
        if try peek() == UInt8(ascii: "]") {
            position += 1
            return elements
        }
        while true {
            elements.append(try readValue(depth: depth))
            if try readsLast(closing: UInt8(ascii: "]")) { break }
        }
        return elements
    }

    /// After an element: consumes the closing byte and says true, or a comma and says false.
    private mutating func readsLast(closing: UInt8) throws(JSONRefusal) -> Bool {
        skipWhitespace()
        let byte = try peek()
        guard byte == closing || byte == UInt8(ascii: ",") else { throw .unexpectedByte(at: position) }
        position += 1
        if byte == closing { return true }
        skipWhitespace()
        return false
    }

    /// Sorted, so that an object of ten thousand names doesn't cost their square.
    private static func areDistinct(_ members: [JSONObject.Member]) -> Bool {
        guard members.count > 1 else { return true }
        let names = members.map { Array($0.name.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
        return !zip(names, names.dropFirst()).contains { $0 == $1 }
    }

    private mutating func readWord(_ word: StaticString, _ value: JSONValue) throws(JSONRefusal) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            guard try peek() == word.utf8Start[offset] else { throw .unexpectedByte(at: position) }
            position += 1
        }
        return value
    }

    private mutating func readNumber() throws(JSONRefusal) -> JSONValue {
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let digits = position
        skipDigits()
        let digitCount = position - digits
        guard digitCount > 0 else { throw .invalidNumber(at: start) }
        if digitCount > 1, bytes[digits] == UInt8(ascii: "0") { throw .invalidNumber(at: start) }
        let integerEnd = position
        if current == UInt8(ascii: ".") {
            position += 1
            guard skipDigits() > 0 else { throw .invalidNumber(at: start) }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard skipDigits() > 0 else { throw .invalidNumber(at: start) }
        }
        if position == integerEnd, let value = Self.integer(bytes[digits..<integerEnd], isNegative: isNegative) {
            return .integer(value)
        }
        return .decimal(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private static func integer(_ digits: ArraySlice<UInt8>, isNegative: Bool) -> Int64? {
        var value: Int64 = 0
        for byte in digits {
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            guard !overflowed else { return nil }
            // Towards the sign, so that the least integer can be read too.
            let digit = Int64(byte - UInt8(ascii: "0"))
            let (sum, exceeded) = product.addingReportingOverflow(isNegative ? -digit : digit)
            guard !exceeded else { return nil }
            value = sum
        }
        return value
    }

    private mutating func readString() throws(JSONRefusal) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        var copied = position
        while true {
            let byte = try peek()
            if byte == UInt8(ascii: "\"") { break }
            guard byte >= 0x20 else { throw .controlCharacter(at: position) }
            if byte == UInt8(ascii: "\\") {
                text.append(contentsOf: bytes[copied..<position])
                try readEscape(into: &text)
                copied = position
            } else {
                position += 1
            }
        }
        text.append(contentsOf: bytes[copied..<position])
        position += 1
        guard let string = String(validating: text, as: UTF8.self) else { throw .invalidUTF8(at: start) }
        return string
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(JSONRefusal) {
        let start = position
        position += 1
        let kind = try peek()
        position += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(kind)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try readUnicodeEscape(from: start)
            text.append(contentsOf: String(Character(scalar)).utf8)
        default: throw .invalidEscape(at: start)
        }
    }

    private mutating func readUnicodeEscape(from start: Int) throws(JSONRefusal) -> Unicode.Scalar {
        let first = try readHex(from: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        // Not a scalar, so a surrogate: only a leading one with its trailing one stands for something.
        guard first < 0xDC00 else { throw .loneSurrogate(at: start) }
        guard try peek() == UInt8(ascii: "\\") else { throw .loneSurrogate(at: start) }
        position += 1
        guard try peek() == UInt8(ascii: "u") else { throw .loneSurrogate(at: start) }
        position += 1
        let second = try readHex(from: start)
        guard (0xDC00...0xDFFF).contains(second) else { throw .loneSurrogate(at: start) }
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        guard let scalar = Unicode.Scalar(value) else { throw .loneSurrogate(at: start) }
        return scalar
    }

    private mutating func readHex(from start: Int) throws(JSONRefusal) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            let byte = try peek()
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw .invalidEscape(at: start)
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func peek() throws(JSONRefusal) -> UInt8 {
        guard position < bytes.count else { throw .unexpectedEnd }
        return bytes[position]
    }

    private mutating func expect(_ byte: UInt8) throws(JSONRefusal) {
        guard try peek() == byte else { throw .unexpectedByte(at: position) }
        position += 1
    }

    private mutating func skipWhitespace() {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    @discardableResult
    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }
}

extension JSONValue {
    /// Reads exactly one JSON text.
    ///
    /// - Throws: which rule the text broke, and at which byte.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .message) throws(JSONRefusal) {
        var reader = JSONReader(bytes, limits: limits)
        self = try reader.readText()
    }
}
