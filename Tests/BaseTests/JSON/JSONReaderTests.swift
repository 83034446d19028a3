// SPDX-License-Identifier: Apache-2.0

import Base
import TestSupport
import Testing

@Suite("The JSON reader")
struct JSONReaderTests {
    private func read(_ text: String, limits: JSONLimits = .message) throws(JSONRefusal) -> JSONValue {
        try JSONValue(parsing: Array(text.utf8), limits: limits)
    }

    @Test(
        "reads every kind of value",
        arguments: [
            ("null", .null), ("true", true), (" false\n", false), ("0", 0), ("-0", 0), ("-12", -12),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .decimal("9223372036854775808")), ("1.0", .decimal("1.0")),
            ("1e2", .decimal("1e2")), ("-0.5E+10", .decimal("-0.5E+10")), (#""""#, ""), (#""é👍""#, "é👍"),
            (#""\"\\\/\b\f\n\r\t\u00e9\ud83d\udc4d\u0000""#, "\"\\/\u{8}\u{c}\n\r\té👍\0"), ("[]", .array([])),
            ("[1, [2]]", .array([1, .array([2])])), ("{}", .object([:])),
            (#"{ "a" : 1 , "b" : {"a":null} }"#, .object(["a": 1, "b": .object(["a": .null])])),
        ] as [(String, JSONValue)]
    )
    func reads(text: String, value: JSONValue) throws {
        #expect(try read(text) == value)
    }

    @Test(
        "refuses what isn't JSON, naming the rule and the place",
        arguments: [
            ("", .unexpectedEnd), (" ", .unexpectedEnd), ("[", .unexpectedEnd), ("{\"a\"", .unexpectedEnd),
            ("\"a", .unexpectedEnd), ("\"\\", .unexpectedEnd), ("\"\\u00", .unexpectedEnd), ("tru", .unexpectedEnd),
            ("\"\\ud83d", .unexpectedEnd), ("nul1", .unexpectedByte(at: 3)), ("[1,]", .unexpectedByte(at: 3)),
            ("{,}", .unexpectedByte(at: 1)), ("{\"a\":1,}", .unexpectedByte(at: 7)), ("{1:2}", .unexpectedByte(at: 1)),
            ("[1 2]", .unexpectedByte(at: 3)), ("{\"a\" 1}", .unexpectedByte(at: 5)), ("'a'", .unexpectedByte(at: 0)),
            ("\u{FEFF}1", .unexpectedByte(at: 0)), ("NaN", .unexpectedByte(at: 0)), ("1 2", .trailingBytes(at: 2)),
            ("{}}", .trailingBytes(at: 2)), ("01", .invalidNumber(at: 0)), ("-", .invalidNumber(at: 0)),
            ("1.", .invalidNumber(at: 0)), ("[.5]", .unexpectedByte(at: 1)), ("1e", .invalidNumber(at: 0)),
            ("-01", .invalidNumber(at: 0)), ("1e+", .invalidNumber(at: 0)), ("+1", .unexpectedByte(at: 0)),
            ("\"\n\"", .controlCharacter(at: 1)), ("\"\\x\"", .invalidEscape(at: 1)),
            ("\"\\u12g4\"", .invalidEscape(at: 1)), ("\"\\ud83d\"", .loneSurrogate(at: 1)),
            ("\"\\udc4d\"", .loneSurrogate(at: 1)), ("\"\\ud83d\\n\"", .loneSurrogate(at: 1)),
            ("\"\\ud83d\\ud83d\"", .loneSurrogate(at: 1)), ("{\"a\":1,\"a\":2}", .duplicateName(at: 0)),
            ("[{\"a\":1,\"\\u0061\":2}]", .duplicateName(at: 1)),
        ] as [(String, JSONRefusal)]
    )
    func refuses(text: String, refusal: JSONRefusal) {
        #expect(throws: refusal) { try read(text) }
    }

    @Test(
        "bytes that aren't UTF-8 are refused",
        arguments: [[0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]]
    )
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: JSONRefusal.invalidUTF8(at: 0)) { try JSONValue(parsing: [0x22] + bytes + [0x22]) }
    }

    @Test("names that Unicode calls equivalent are two names")
    func namesAreBytes() throws {
        let object = try read("{\"\u{e9}\":1,\"e\u{301}\":2}").object
        #expect(object?["\u{e9}"] == 1)
        #expect(object?["e\u{301}"] == 2)
    }

    @Test("each limit holds exactly")
    func limits() throws {
        let limits = JSONLimits(size: 12, depth: 2, values: 4)
        #expect(try read("[[1,2]]", limits: limits) == .array([.array([1, 2])]))
        #expect(throws: JSONRefusal.tooDeep(at: 2)) { try read("[[[]]]", limits: limits) }
        #expect(throws: JSONRefusal.tooDeep(at: 6)) { try read(#"{"a":[{}]}"#, limits: limits) }
        #expect(throws: JSONRefusal.tooManyValues(at: 7)) { try read("[1,2,3,4]", limits: limits) }
        #expect(try read("[1,2,3     ]", limits: limits) == .array([1, 2, 3]))
        #expect(throws: JSONRefusal.tooLarge) { try read("[1,2,3      ]", limits: limits) }
    }

    @Test("a text of nothing but brackets ends in a refusal, not in the stack")
    func nesting() {
        let text = String(repeating: "[", count: 200_000)
        #expect(throws: JSONRefusal.tooDeep(at: 8)) { try read(text) }
    }

    @Test("what is written is read back the same, and random bytes never trap")
    func randomised() throws {
        var randomness = SeededRandomness(seed: 7)
        let alphabet = Array(#"{}[]:,"\utfn0123456789eE+-. a"#.utf8) + [0xC3, 0xA9, 0x00, 0xFF]
        var accepted = 0
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...24, using: &randomness)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &randomness) ?? 0 }
            guard let value = try? JSONValue(parsing: bytes) else { continue }
            accepted += 1
            #expect(try JSONValue(parsing: value.serialized()) == value)
        }
        #expect(accepted > 0)
    }
}
