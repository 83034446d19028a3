// SPDX-License-Identifier: Apache-2.0

import Base
import Testing

@Suite("The JSON writer")
struct JSONWriterTests {
    @Test("members keep their order and nothing is added")
    func order() {
        let value: JSONValue = .object(["z": 1, "a": .array([true, .null, .decimal("1.5")]), "": .object([:])])
        #expect(String(decoding: value.serialized(), as: UTF8.self) == #"{"z":1,"a":[true,null,1.5],"":{}}"#)
    }

    @Test("only what must be escaped is")
    func escapes() {
        let value: JSONValue = "\"\\/\u{1}\u{1f}\n\r\té\u{2028}👍"
        #expect(
            String(decoding: value.serialized(), as: UTF8.self) == "\"\\\"\\\\/\\u0001\\u001f\\n\\r\\té\u{2028}👍\""
        )
    }

    @Test("setting a member again replaces it in its place")
    func replaces() {
        var object: JSONObject = ["a": 1, "b": 2]
        object.set("a", 3)
        #expect(String(decoding: JSONValue.object(object).serialized(), as: UTF8.self) == #"{"a":3,"b":2}"#)
    }
}
